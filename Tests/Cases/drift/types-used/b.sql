CREATE TYPE pair AS (x integer, y varchar(9), z date);
CREATE TYPE span AS RANGE (SUBTYPE = bigint);
CREATE COLLATION german (provider = icu, locale = 'de-AT');
CREATE TYPE shape AS (a integer, b text);
CREATE TABLE typed OF shape;
CREATE TABLE t (p pair, s span DEFAULT '[1,2]', n text COLLATE german, CONSTRAINT apart EXCLUDE USING gist (s WITH &&));
CREATE INDEX t_n ON t (n);
