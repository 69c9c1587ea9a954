CREATE TABLE parent (a integer);
CREATE TABLE child (a integer);
ALTER TABLE child INHERIT parent;
