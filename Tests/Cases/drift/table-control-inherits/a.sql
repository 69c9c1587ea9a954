CREATE TABLE parent (a integer, b integer);
CREATE TABLE child (c integer) INHERITS (parent);
