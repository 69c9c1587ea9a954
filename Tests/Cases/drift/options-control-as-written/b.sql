CREATE TABLE t (a integer PRIMARY KEY WITH (deduplicate_items=false, fillfactor=70)) WITH (autovacuum_enabled=false, parallel_workers=2, fillfactor=70);
CREATE VIEW v WITH (security_barrier=true, security_invoker=true, check_option=local) AS SELECT * FROM t;
CREATE INDEX i ON t (a) WITH (deduplicate_items, fillfactor=50);
ALTER TABLE t ALTER a SET (n_distinct_inherited=3, n_distinct=-0.5);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET enable_seqscan = off SET work_mem = '1MB' AS 'SELECT 1';
