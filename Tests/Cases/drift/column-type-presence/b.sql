CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN short AS varchar(5);
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad', n short);
CREATE VIEW v AS SELECT m FROM t;
