CREATE TABLE u (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, u_id integer, name text, CONSTRAINT somebody CHECK (u_id IS NOT NULL OR name IS NOT NULL), CONSTRAINT t_u FOREIGN KEY (u_id) REFERENCES u (id));
