INSERT INTO t VALUES (1, 1), (2, 8); UPDATE z_limits SET top = 5;
