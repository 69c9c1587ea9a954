SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE drift_exclusion LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'drift_exclusion') \gexec
CREATE TABLE t (a int4range);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH &&);
