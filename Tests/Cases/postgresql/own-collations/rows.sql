INSERT INTO app.t VALUES (1, 'a', 'B', 'c'), (2, 'B', 'b', 'C');
