CREATE TABLE t ( -- what t is for
  a INTEGER -- what a is for
);
INSERT INTO t VALUES (3);
