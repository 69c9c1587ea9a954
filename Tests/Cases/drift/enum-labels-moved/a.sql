CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (a integer, m mood DEFAULT 'happy' NOT NULL, all_of_them mood[]);
CREATE INDEX t_m ON t (m) WHERE m = 'sad';
CREATE VIEW v AS SELECT m FROM t WHERE m > 'sad';
CREATE FUNCTION f(mood) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE DOMAIN fine AS mood CHECK (VALUE <> 'sad');
GRANT USAGE ON TYPE mood TO reader; GRANT SELECT ON v TO reader;
