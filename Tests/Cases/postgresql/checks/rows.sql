INSERT INTO checked VALUES (1, 2, 'abc', 'ABC', '2020-01-01', '2020-01-02'), (NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO listed VALUES ('a', 'x', 'S', '10.0.0.0/8', 'd'), (NULL, NULL, NULL, NULL, NULL);
