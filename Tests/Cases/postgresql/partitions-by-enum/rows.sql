INSERT INTO things SELECT n, (enum_range(NULL::colour))[1 + n % 8] FROM generate_series(1, 40) n;
INSERT INTO things VALUES (2000, 'red');
