CREATE TABLE t (a integer) WITH (fillfactor = 80, autovacuum_enabled = false);
