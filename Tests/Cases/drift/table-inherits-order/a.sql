CREATE TABLE first (a integer);
CREATE TABLE second (a integer);
CREATE TABLE child () INHERITS (first, second);
