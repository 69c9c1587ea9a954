CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS e ON ((lower ( c ))) FROM t;
CREATE STATISTICS s (mcv, dependencies, ndistinct) ON b, a FROM t;
ALTER STATISTICS s SET STATISTICS 100;
ALTER STATISTICS s SET STATISTICS -1;
ANALYZE t;
