CREATE TABLE parent (a integer, b integer, CONSTRAINT parent_key PRIMARY KEY (a), CONSTRAINT parent_b UNIQUE (b) INCLUDE (a) DEFERRABLE);
CREATE TABLE child (a integer, b integer CONSTRAINT child_to_a REFERENCES parent (a));
