CREATE TABLE b_parent (id integer PRIMARY KEY, above integer REFERENCES b_parent);
CREATE TABLE a_child (id integer PRIMARY KEY, parent integer REFERENCES b_parent);
CREATE TABLE c_grandchild (parent integer REFERENCES a_child);
