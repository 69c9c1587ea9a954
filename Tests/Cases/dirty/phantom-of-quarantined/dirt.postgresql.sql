ALTER TABLE u DROP CONSTRAINT positive;
INSERT INTO u VALUES (1, 1, 'one'), (2, -2, 'two'); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
ALTER TABLE u ADD CONSTRAINT positive CHECK (n > 0) NOT VALID; UPDATE pg_constraint SET convalidated = true WHERE conname = 'positive';
