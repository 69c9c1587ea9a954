CREATE TABLE parent (a integer);
CREATE TABLE child (a integer) INHERITS (parent);
