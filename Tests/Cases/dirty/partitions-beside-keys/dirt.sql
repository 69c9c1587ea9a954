ALTER TABLE m DROP CONSTRAINT m_v; INSERT INTO m SELECT n, 1, 'a' FROM generate_series(1, 3) n; INSERT INTO m VALUES (1, 2, ''), (2, 2, 'b'), (1, 3, 'c');
ALTER TABLE m ADD CONSTRAINT m_v CHECK (v <> '') NOT VALID; UPDATE pg_constraint SET convalidated = true WHERE conname = 'm_v';
