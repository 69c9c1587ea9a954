INSERT INTO t VALUES (1, 5, 'a'), (2, -5, 'b'), (3, NULL, 'c'), (4, -1, 'd');
INSERT INTO r VALUES (1, 1), (2, 2);
