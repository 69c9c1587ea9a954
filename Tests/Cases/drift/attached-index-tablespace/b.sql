SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE drift_table LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'drift_table') \gexec
CREATE TABLE p (k integer, b text) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_b ON p (b);
ALTER INDEX p1_b_idx SET TABLESPACE drift_table;
