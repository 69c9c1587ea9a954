INSERT INTO t VALUES (1, 9, NULL), (2, 9, 'named');
