CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'an address';
CREATE DOMAIN work_email AS email;
CREATE TABLE t (id integer PRIMARY KEY, home email, work work_email, note text);
CREATE VIEW v AS SELECT home FROM t;
