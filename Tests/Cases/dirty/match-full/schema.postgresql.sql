CREATE TABLE p (a integer, b integer, CONSTRAINT p_key PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT c_p FOREIGN KEY (a, b) REFERENCES p (a, b) MATCH FULL);
