CREATE TABLE u (id integer PRIMARY KEY, n integer, name text NOT NULL, CONSTRAINT positive CHECK (n > 0));
CREATE TABLE t (id integer PRIMARY KEY, u_id integer, CONSTRAINT t_u FOREIGN KEY (u_id) REFERENCES u (id));
