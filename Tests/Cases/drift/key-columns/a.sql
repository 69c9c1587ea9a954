CREATE TABLE parent (a integer, b integer, CONSTRAINT parent_pk PRIMARY KEY (a), CONSTRAINT parent_b UNIQUE (b));
CREATE TABLE child (a integer CONSTRAINT child_a REFERENCES parent (a), b integer CONSTRAINT child_b REFERENCES parent (b));
