INSERT INTO diary VALUES (1, 'glad', '{sad,NULL}', '"quoted"'), (2, 'sad', '{}', E'new\nline'), (3, 'so-so', NULL, E'back\\slash');
INSERT INTO diary (id) VALUES (4);
