CREATE TABLE t (id integer PRIMARY KEY, email text, CONSTRAINT one_email UNIQUE (email));
