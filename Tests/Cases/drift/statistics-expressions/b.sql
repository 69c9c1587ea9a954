CREATE TABLE t (a text, b integer);
CREATE STATISTICS s ON b, (upper(a)) FROM t;
