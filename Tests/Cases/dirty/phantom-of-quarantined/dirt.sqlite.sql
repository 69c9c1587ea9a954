INSERT INTO u VALUES (1, 1, 'one'), (2, -2, 'two'); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
