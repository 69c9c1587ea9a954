CREATE TABLE u (id integer PRIMARY KEY, email text NOT NULL, CONSTRAINT u_email UNIQUE (email));
CREATE TABLE t (id integer CONSTRAINT t_key PRIMARY KEY, u_id integer, CONSTRAINT t_u FOREIGN KEY (u_id) REFERENCES u (id));
CREATE TABLE log (what text);
