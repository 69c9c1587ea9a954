CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET (n_distinct = -0.5, n_distinct_inherited = 7);
