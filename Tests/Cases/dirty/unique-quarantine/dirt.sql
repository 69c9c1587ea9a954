UPDATE pg_index SET indisready = false WHERE indexrelid = 'one_email'::regclass;
INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, 'b'), (4, NULL), (5, 'a');
UPDATE pg_index SET indisready = true WHERE indexrelid = 'one_email'::regclass;
