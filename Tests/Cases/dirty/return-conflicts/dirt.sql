INSERT INTO t VALUES (1, 9), (2, 9), (3, 8);
