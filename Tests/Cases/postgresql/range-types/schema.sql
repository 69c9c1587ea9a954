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
