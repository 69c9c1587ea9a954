ALTER TABLE t DROP CONSTRAINT positive;
INSERT INTO t VALUES (1, 5, 'a'), (2, -5, 'b'), (3, NULL, 'c'), (4, -1, 'd');
ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;
UPDATE pg_constraint SET convalidated = true WHERE conname = 'positive';
INSERT INTO r VALUES (1, 1), (2, 2);
