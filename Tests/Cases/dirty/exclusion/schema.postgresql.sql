CREATE EXTENSION btree_gist;
CREATE TABLE b (id integer PRIMARY KEY, room integer, during int4range, CONSTRAINT alone EXCLUDE USING gist (room WITH =, during WITH &&));
