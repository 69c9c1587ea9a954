INSERT INTO t VALUES (1, 1, repeat('loaded first, for it is larger ', 20)), (2, 8, 'large'); UPDATE z_limits SET top = 5;
