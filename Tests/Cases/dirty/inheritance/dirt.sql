UPDATE pg_index SET indisready = false WHERE indexrelid = 'a_key'::regclass;
INSERT INTO a VALUES (1, 1), (2, 2), (2, 3);
UPDATE pg_index SET indisready = true WHERE indexrelid = 'a_key'::regclass;
ALTER TABLE a DROP CONSTRAINT positive;
INSERT INTO b VALUES (1, 5, NULL, 'not the twin of the other 1'), (7, -7, NULL, 'goes whole');
INSERT INTO c VALUES (1, 1), (2, 2), (3, 7);
ALTER TABLE a ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;
UPDATE pg_constraint SET convalidated = true WHERE conname = 'positive';
