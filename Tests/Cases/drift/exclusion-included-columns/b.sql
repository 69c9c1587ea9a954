CREATE TABLE t (a int4range, b integer);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH &&) INCLUDE (b);
