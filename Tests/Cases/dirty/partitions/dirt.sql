INSERT INTO u VALUES (1); INSERT INTO p VALUES (1, 1, 1), (2, 2, 9), (3, 2, 8); INSERT INTO c VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3);
