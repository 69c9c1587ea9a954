CREATE TABLE a (id integer, n integer, ref integer, CONSTRAINT a_key PRIMARY KEY (id), CONSTRAINT positive CHECK (n > 0));
CREATE TABLE b (extra text) INHERITS (a);
CREATE TABLE c (id integer PRIMARY KEY, a_id integer, CONSTRAINT c_a FOREIGN KEY (a_id) REFERENCES a (id));
