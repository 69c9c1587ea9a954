ALTER DOMAIN positive DROP CONSTRAINT above;
ALTER DOMAIN given DROP NOT NULL;
INSERT INTO t VALUES (1, '{1,2}', ROW(1, 'x'), 'a'), (2, '{1,-2}', ROW(1, 'x'), 'b'), (3, NULL, ROW(-1, 'x,"y'), 'c'), (4, NULL, NULL, NULL), (5, '{}', NULL, 'e');
UPDATE pg_type SET typnotnull = true WHERE typname = 'given';
ALTER DOMAIN positive ADD CONSTRAINT above CHECK (VALUE > 0) NOT VALID;
UPDATE pg_constraint SET convalidated = true WHERE conname = 'above';
