CREATE TABLE t (a integer, b integer);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT b FROM t;
