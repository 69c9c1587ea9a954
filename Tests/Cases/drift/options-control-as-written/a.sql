CREATE TABLE t (a integer PRIMARY KEY WITH (fillfactor=70, deduplicate_items=off)) WITH (fillfactor=70, autovacuum_enabled=off, parallel_workers=2);
CREATE VIEW v WITH (security_invoker=on, check_option=local, security_barrier) AS SELECT * FROM t;
CREATE INDEX i ON t (a) WITH (fillfactor=50, deduplicate_items=on);
ALTER TABLE t ALTER a SET (n_distinct=-0.5, n_distinct_inherited=3);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET work_mem = '1MB' SET enable_seqscan = off AS 'SELECT 1';
