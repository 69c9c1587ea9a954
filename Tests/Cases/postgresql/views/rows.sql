INSERT INTO base VALUES (1, 'a', 11, '2020-01-01'), (2, 'b', 1, NULL);
