CREATE TABLE p (a integer, b text);
CREATE TABLE c () INHERITS (p);
