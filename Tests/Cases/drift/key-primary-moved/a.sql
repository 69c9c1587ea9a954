CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, CONSTRAINT parent_pk PRIMARY KEY (a));
CREATE TABLE child (a integer CONSTRAINT child_a REFERENCES parent (a) ON DELETE CASCADE);
