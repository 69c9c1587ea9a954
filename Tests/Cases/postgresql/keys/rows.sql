INSERT INTO keyed VALUES (1, 2, 'c', 'd', NULL), (2, 2, 'x', NULL, NULL), (3, 3, NULL, 'd', 'e');
INSERT INTO late_key VALUES (1, NULL), (2, NULL), (3, 3);
