SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE drift_table LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'drift_table') \gexec
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m TABLESPACE drift_table AS SELECT a FROM t;
