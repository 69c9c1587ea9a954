CREATE TABLE t (id integer PRIMARY KEY, m text DEFAULT 'sad', n varchar(5));
CREATE VIEW v AS SELECT m FROM t;
