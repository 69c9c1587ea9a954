CREATE SCHEMA app;
CREATE TYPE app.timerange AS RANGE (SUBTYPE = time);
CREATE TYPE app.span AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = app.spans);
CREATE TYPE app.words AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_OPCLASS = text_pattern_ops);
CREATE DOMAIN app.grade AS integer CHECK (VALUE BETWEEN 1 AND 6);
CREATE TYPE app.grades AS RANGE (SUBTYPE = app.grade);
CREATE TABLE app.shifts (
  id integer PRIMARY KEY,
  at app.timerange NOT NULL,
  pauses app.timemultirange,
  measured app.span,
  several app.spans,
  letters app.words,
  passed app.grades,
  EXCLUDE USING gist (at WITH &&)
);
COMMENT ON TYPE app.span IS 'A stretch that was measured.';
REVOKE USAGE ON TYPE app.words FROM PUBLIC;
ALTER TYPE app.span OWNER TO writer;
CREATE TYPE app.steps;
CREATE FUNCTION app.steps_canonical(app.steps) RETURNS app.steps LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE app.steps AS RANGE (SUBTYPE = integer, CANONICAL = app.steps_canonical);
CREATE TABLE app.stairs (id integer PRIMARY KEY, steps app.steps);
-- By an operator class of its own, which is by an operator of its own.
CREATE FUNCTION app.before(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 < $2';
CREATE OPERATOR app.<< (LEFTARG = integer, RIGHTARG = integer, FUNCTION = app.before);
CREATE OPERATOR CLASS app.turns FOR TYPE integer USING btree AS
  OPERATOR 1 app.<<, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TYPE app.rounds AS RANGE (SUBTYPE = integer, SUBTYPE_OPCLASS = app.turns);
