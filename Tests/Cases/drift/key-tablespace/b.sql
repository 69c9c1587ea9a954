SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE drift_key LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'drift_key') \gexec
CREATE TABLE t (a integer UNIQUE USING INDEX TABLESPACE drift_key);
