INSERT INTO t VALUES (1, 'a@b', 'c@d', 'ok');
ALTER DOMAIN email DROP CONSTRAINT has_at;
INSERT INTO t VALUES (2, 'nobody', 'c@d', 'x'), (3, NULL, 'nowhere', NULL), (4, 'e@f', NULL, NULL);
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'an address';
UPDATE pg_constraint SET convalidated = true WHERE conname = 'has_at';
