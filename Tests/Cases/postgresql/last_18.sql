-- plumb blueprint, postgresql
-- The source of truth of this database's structure. To build an empty database from it:
--   psql -X -v ON_ERROR_STOP=1 -d NEW_DATABASE -f schema.sql

SET check_function_bodies = false;
SET client_min_messages = warning;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE SCHEMA app;

CREATE SCHEMA IF NOT EXISTS public;

CREATE DOMAIN app.grade AS integer
  CONSTRAINT grade_check CHECK ((VALUE >= 1) AND (VALUE <= 6));

CREATE TYPE app.grades AS RANGE (
  SUBTYPE = app.grade,
  MULTIRANGE_TYPE_NAME = app.grades_multirange
);

CREATE TYPE app.span AS RANGE (
  SUBTYPE = double precision,
  SUBTYPE_DIFF = pg_catalog.float8mi,
  MULTIRANGE_TYPE_NAME = app.spans
);

COMMENT ON TYPE app.span IS 'A stretch that was measured.';

CREATE TYPE app.timerange AS RANGE (
  SUBTYPE = time without time zone,
  MULTIRANGE_TYPE_NAME = app.timemultirange
);

CREATE TYPE app.words AS RANGE (
  SUBTYPE = text,
  SUBTYPE_OPCLASS = pg_catalog.text_pattern_ops,
  COLLATION = pg_catalog."C",
  MULTIRANGE_TYPE_NAME = app.words_multirange
);

REVOKE ALL ON TYPE app.words FROM PUBLIC;

CREATE TABLE app.shifts (
  id              integer NOT NULL,
  at              app.timerange NOT NULL,
  pauses          app.timemultirange,
  measured        app.span,
  several         app.spans,
  letters         app.words,
  passed          app.grades,
  CONSTRAINT shifts_pkey PRIMARY KEY (id)
);

ALTER TABLE app.shifts
  ADD CONSTRAINT shifts_at_excl EXCLUDE USING gist (at WITH OPERATOR(pg_catalog.&&));
