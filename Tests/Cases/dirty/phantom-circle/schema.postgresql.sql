CREATE TABLE node (id integer PRIMARY KEY, up integer, CONSTRAINT node_up FOREIGN KEY (up) REFERENCES node (id));
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer, CONSTRAINT b_a FOREIGN KEY (a) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b (id);
