CREATE TABLE t (a text, b integer);
CREATE STATISTICS s ON b, (lower(a)) FROM t;
