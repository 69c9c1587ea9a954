CREATE TABLE parent (a integer NOT NULL, b integer NOT NULL, CONSTRAINT parent_pk PRIMARY KEY (a, b), CONSTRAINT parent_a UNIQUE (a));
CREATE TABLE child (a integer CONSTRAINT child_a REFERENCES parent (a) ON DELETE CASCADE);
