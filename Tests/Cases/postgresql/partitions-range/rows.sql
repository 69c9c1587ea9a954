INSERT INTO payments (paid_at, amount, note) VALUES ('2020-06-01', 5, 'a'), ('2019-06-01', 6, NULL), ('2030-01-01', 7, 'x');
INSERT INTO by_two VALUES (1, 'b', 3);
