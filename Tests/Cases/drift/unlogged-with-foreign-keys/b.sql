CREATE UNLOGGED TABLE b_parent (id integer PRIMARY KEY, above integer REFERENCES b_parent);
CREATE UNLOGGED TABLE a_child (id integer PRIMARY KEY, parent integer REFERENCES b_parent);
CREATE UNLOGGED TABLE c_grandchild (parent integer REFERENCES a_child);
