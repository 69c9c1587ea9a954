INSERT INTO app.busy VALUES (1, 'a', 'b', 'c'), (2, repeat('x', 5000), repeat('y', 5000), 'd');
INSERT INTO app.cut VALUES (1, 1, 'a'), (2, 2, repeat('z', 3000));
INSERT INTO app.rooms VALUES (1, '[1,3)', 'a'), (2, '[3,5)', 'b');
INSERT INTO app."Copied" VALUES (1, 'a');
