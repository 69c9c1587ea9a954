CREATE TABLE parent (a integer DEFAULT 2 NOT NULL, z date, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE child (b text) INHERITS (parent);
