INSERT INTO no_columns DEFAULT VALUES;
INSERT INTO no_columns DEFAULT VALUES;
INSERT INTO once_wide (a, c, gone) VALUES (1, 2, 'here'), (2, 3, NULL);
INSERT INTO refers VALUES (2, 1), (NULL, 9);
INSERT INTO one_column VALUES (NULL), (1), (1);
