CREATE TABLE t (a int4range);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH &&) WITH (fillfactor = 50);
