SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE drift_index LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'drift_index') \gexec
CREATE TABLE t (a integer);
CREATE INDEX i ON t (a);
