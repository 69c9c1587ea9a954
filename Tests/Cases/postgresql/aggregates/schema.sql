CREATE SCHEMA app;
CREATE FUNCTION app.add(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION app.take(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE FUNCTION app.both(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION app.ended(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION app.ended_extra(bigint, integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE app.plain(integer) (SFUNC = app.add, STYPE = bigint);
CREATE AGGREGATE app.total("Value" integer) (SFUNC = app.add, STYPE = bigint, SSPACE = 16, INITCOND = '0', COMBINEFUNC = app.both,
  FINALFUNC = app.ended_extra, FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE,
  MSFUNC = app.add, MINVFUNC = app.take, MSTYPE = bigint, MSSPACE = 8, MINITCOND = '0', MFINALFUNC = app.ended, MFINALFUNC_MODIFY = READ_WRITE,
  PARALLEL = SAFE);
CREATE FUNCTION app.gather(text, VARIADIC integer[]) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE app.total(VARIADIC integer[]) (SFUNC = app.gather, STYPE = text);
CREATE AGGREGATE app.rows(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE app.least(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(pg_catalog.<));
CREATE AGGREGATE app.sums(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_sum, COMBINEFUNC = numeric_avg_combine,
  SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize, PARALLEL = RESTRICTED);
CREATE AGGREGATE app.middle(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal,
  FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY);
CREATE AGGREGATE app.place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal,
  FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
COMMENT ON AGGREGATE app.rows(*) IS 'how many';
COMMENT ON AGGREGATE app.middle(double precision, anyelement) IS 'the middle';
REVOKE EXECUTE ON FUNCTION app.total(integer) FROM PUBLIC;
CREATE TABLE app.t (a integer);
CREATE VIEW app.v AS SELECT app.total(a) AS total FROM app.t;
ALTER AGGREGATE app.plain(integer) OWNER TO writer;
