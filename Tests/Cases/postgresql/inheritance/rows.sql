INSERT INTO app.z_parents (id, name) VALUES (1, 'a');
INSERT INTO app.a_child (id, name, extra) VALUES (2, 'b', 'c');
INSERT INTO app.both VALUES (3, 'd', '2020-01-01', DEFAULT, 'code', 'note');
INSERT INTO app.changed (id, born) VALUES (4, '2020-01-01');
INSERT INTO app.grandchild (id, own) VALUES (5, 'x');
INSERT INTO app.adopted VALUES ('c', 'm', 9);
