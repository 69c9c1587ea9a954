CREATE TABLE t (id integer PRIMARY KEY, n integer, note text, CONSTRAINT positive CHECK (n > 0));
CREATE TABLE r (id integer PRIMARY KEY, t_id integer, CONSTRAINT r_t FOREIGN KEY (t_id) REFERENCES t (id));
