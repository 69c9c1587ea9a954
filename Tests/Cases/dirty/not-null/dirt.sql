UPDATE pg_attribute SET attnotnull = false WHERE attrelid = 't'::regclass AND attname = 'email';
INSERT INTO t VALUES (1, 'a', 'x'), (2, NULL, 'y');
UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 't'::regclass AND attname = 'email';
