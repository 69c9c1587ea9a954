ALTER TABLE p DROP CONSTRAINT positive; INSERT INTO p VALUES (1, 1), (-1, 2);
ALTER TABLE p ADD CONSTRAINT positive CHECK (id > 0) NOT VALID; UPDATE pg_constraint SET convalidated = true WHERE conname = 'positive';
