CREATE TABLE u (id integer PRIMARY KEY, size integer NOT NULL, CONSTRAINT sized CHECK (size > 0));
CREATE TABLE t (id integer PRIMARY KEY, u_id integer, CONSTRAINT t_u FOREIGN KEY (u_id) REFERENCES u (id));
