CREATE TABLE t (a integer);
REVOKE USAGE ON TYPE pg_catalog.int4 FROM PUBLIC;
