CREATE COLLATION c (lc_collate = 'POSIX', lc_ctype = 'C');
