-- no plain dump of it can be restored
CREATE SCHEMA app;
CREATE TABLE app.limits (top integer);
INSERT INTO app.limits VALUES (10);
CREATE FUNCTION app.fits(integer) RETURNS boolean LANGUAGE plpgsql STABLE AS 'BEGIN RETURN $1 <= (SELECT max(top) FROM limits); END';
CREATE TABLE app.t (id integer PRIMARY KEY, n integer);
SET search_path = app; ALTER TABLE t ADD CONSTRAINT fitting CHECK (fits(n)); RESET search_path;
DO 'BEGIN EXECUTE format(''ALTER DATABASE %I SET search_path = app'', current_database()); END';
