CREATE SCHEMA app;
CREATE DOMAIN app.d AS integer;
CREATE TYPE app.mood AS ENUM ('sad', 'happy');
CREATE FUNCTION app.lt(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_lt';
CREATE FUNCTION app.gt(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_gt';
CREATE FUNCTION app.ge(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_ge';
CREATE FUNCTION app.le(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_le';
CREATE FUNCTION app.eq(app.mood, app.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_eq';
CREATE FUNCTION app.cmp(app.mood, app.mood) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'enum_cmp';
CREATE FUNCTION app.cmp_int(app.mood, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT 0';
CREATE FUNCTION app.eq_int(app.mood, integer) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT true';
CREATE FUNCTION app.hash(app.mood) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'hashenum';
CREATE FUNCTION app.negative(app.mood) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION app.near(text, integer) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::double precision';
CREATE OPERATOR app.< (FUNCTION = app.lt, LEFTARG = app.mood, RIGHTARG = app.mood, COMMUTATOR = OPERATOR(app.>), NEGATOR = OPERATOR(app.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR app.> (FUNCTION = app.gt, LEFTARG = app.mood, RIGHTARG = app.mood, COMMUTATOR = OPERATOR(app.<), NEGATOR = OPERATOR(app.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR app.<= (FUNCTION = app.le, LEFTARG = app.mood, RIGHTARG = app.mood, COMMUTATOR = OPERATOR(app.>=), NEGATOR = OPERATOR(app.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR app.>= (FUNCTION = app.ge, LEFTARG = app.mood, RIGHTARG = app.mood, COMMUTATOR = OPERATOR(app.<=), NEGATOR = OPERATOR(app.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
CREATE OPERATOR app.= (FUNCTION = app.eq, LEFTARG = app.mood, RIGHTARG = app.mood, COMMUTATOR = OPERATOR(app.=), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR app.= (FUNCTION = app.eq_int, LEFTARG = app.mood, RIGHTARG = integer, MERGES);
CREATE OPERATOR app.!! (FUNCTION = app.negative, RIGHTARG = app.mood);
CREATE OPERATOR app.<-> (FUNCTION = app.near, LEFTARG = text, RIGHTARG = integer);
COMMENT ON OPERATOR app.!! (NONE, app.mood) IS 'negative';
COMMENT ON OPERATOR app.= (app.mood, app.mood) IS 'equal';
ALTER OPERATOR app.!! (NONE, app.mood) OWNER TO writer;
CREATE OPERATOR FAMILY app.moods USING btree;
CREATE OPERATOR CLASS app.mood_ops FOR TYPE app.mood USING btree FAMILY app.moods AS
  OPERATOR 1 app.<, OPERATOR 2 app.<=, OPERATOR 3 app.=, OPERATOR 4 app.>=, OPERATOR 5 app.>, FUNCTION 1 app.cmp(app.mood, app.mood);
ALTER OPERATOR FAMILY app.moods USING btree ADD OPERATOR 3 app.= (app.mood, integer), FUNCTION 1 (app.mood, integer) app.cmp_int(app.mood, integer);
CREATE OPERATOR CLASS app."Odd ops" FOR TYPE app.mood USING hash AS OPERATOR 1 app.=, FUNCTION 1 app.hash(app.mood);
CREATE OPERATOR CLASS app.plain_ops DEFAULT FOR TYPE app.d USING btree AS OPERATOR 1 <(integer, integer), FUNCTION 1 btint4cmp(integer, integer);
CREATE OPERATOR FAMILY app.empty USING gist;
CREATE OPERATOR CLASS app.box_ops FOR TYPE polygon USING gist FAMILY app.empty AS
  OPERATOR 3 &&, OPERATOR 15 <->(polygon, point) FOR ORDER BY pg_catalog.float_ops,
  FUNCTION 1 gist_poly_consistent(internal, polygon, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 3 gist_poly_compress(internal),
  FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal), STORAGE box;
COMMENT ON OPERATOR FAMILY app.empty USING gist IS 'empty';
COMMENT ON OPERATOR CLASS app.mood_ops USING btree IS 'moods';
ALTER OPERATOR FAMILY app.empty USING gist OWNER TO writer;
ALTER OPERATOR CLASS app.mood_ops USING btree OWNER TO writer;
CREATE TABLE app.t (m app.mood, p polygon, CHECK (m OPERATOR(app.>=) 'sad'));
CREATE INDEX t_m ON app.t (m app.mood_ops);
CREATE INDEX t_p ON app.t USING gist (p app.box_ops);
CREATE FUNCTION app.less(app.mood, app.mood) RETURNS app.mood LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE app.first(app.mood) (SFUNC = app.less, STYPE = app.mood, SORTOP = OPERATOR(app.<));
CREATE TABLE app.ex (m app.mood, EXCLUDE USING hash (m app."Odd ops" WITH OPERATOR(app.=)));
