CREATE TABLE t (a integer PRIMARY KEY, b text) WITH (fillfactor = 70, autovacuum_enabled = true);
