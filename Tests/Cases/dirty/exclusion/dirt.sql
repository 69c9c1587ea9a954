INSERT INTO b VALUES (1, 1, '[1,5)');
UPDATE pg_index SET indisready = false WHERE indexrelid = 'alone'::regclass;
INSERT INTO b VALUES (2, 1, '[4,8)'), (3, 1, '[8,9)');
UPDATE pg_index SET indisready = true WHERE indexrelid = 'alone'::regclass;
