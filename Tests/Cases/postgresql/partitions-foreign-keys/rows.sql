INSERT INTO accounts VALUES (1, 'a'), (1, 'b'), (2, 'b');
INSERT INTO currencies VALUES ('eur');
INSERT INTO entries VALUES (1, 1, 'a', 'eur', '2019-01-01'), (2, 1, 'b', NULL, '2021-01-01'), (3, NULL, 'z', 'eur', '2021-01-01');
INSERT INTO flat VALUES (2, 'b');
