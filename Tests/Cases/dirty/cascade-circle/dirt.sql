INSERT INTO egg VALUES (1, 1), (2, 2), (3, 3), (4, NULL), (5, 5);
INSERT INTO hen VALUES (1, 1), (2, 99), (3, 2), (4, 3);
INSERT INTO tree VALUES (1, NULL), (2, 9), (3, 2), (4, 3);
