CREATE TABLE parent (a integer DEFAULT 1, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE child (b text) INHERITS (parent);
