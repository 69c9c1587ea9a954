CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (a integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE u WHERE ((a  >  1)) WITH (publish = 'delete, insert, update, truncate');
ALTER PUBLICATION p ADD TABLE t;
