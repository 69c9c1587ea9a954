INSERT INTO app.things VALUES (1, 'a', '7', '{a;"b;c"}', '(1,2)'), (2, DEFAULT, DEFAULT, NULL, NULL);
INSERT INTO app.pieces VALUES (1, 'abc');
