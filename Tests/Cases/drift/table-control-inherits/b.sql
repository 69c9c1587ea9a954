CREATE TABLE other (x integer);
CREATE TABLE parent (a integer, gone text, b integer);
CREATE TABLE child (c integer) INHERITS (parent, other);
ALTER TABLE parent DROP COLUMN gone;
ALTER TABLE child NO INHERIT other;
ALTER TABLE child DROP COLUMN x;
DROP TABLE other;
