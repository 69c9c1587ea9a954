CREATE COLLATION c (provider = 'libc', lc_collate = 'C', lc_ctype = 'C', deterministic = true);
ALTER COLLATION c REFRESH VERSION;
