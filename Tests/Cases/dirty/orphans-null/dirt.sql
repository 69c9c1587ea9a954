INSERT INTO users VALUES (1, 'Ann', 30, NULL), (2, 'Bob', 40, 'x');
INSERT INTO orders VALUES (1, 1, 10), (2, 99, 20), (3, NULL, 30), (4, 98, 40), (5, 99, 50);
INSERT INTO lines VALUES (1, 1), (2, 2), (3, 77), (4, 4);
