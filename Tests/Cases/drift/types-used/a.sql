CREATE TYPE pair AS (x integer, y text);
CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE COLLATION german (provider = icu, locale = 'de');
CREATE TYPE shape AS (a integer);
CREATE TABLE typed OF shape;
CREATE TABLE t (p pair, s span DEFAULT '[1,2]', n text COLLATE german, CONSTRAINT apart EXCLUDE USING gist (s WITH &&));
CREATE INDEX t_n ON t (n);
