CREATE SCHEMA app;
CREATE TABLE app.z_parents (
  id integer NOT NULL,
  name text DEFAULT 'nobody',
  born date,
  total integer GENERATED ALWAYS AS (id + 1) STORED,
  CONSTRAINT named CHECK (name <> ''),
  CONSTRAINT own CHECK (id > 0) NO INHERIT
);
CREATE TABLE app.second (id integer DEFAULT 5, code text);
-- Sorts before its parents.
CREATE TABLE app.a_child (extra text NOT NULL DEFAULT '-') INHERITS (app.z_parents);
-- A column that is both its own and inherited.
CREATE TABLE app.both (name text DEFAULT NULL, id integer DEFAULT 1, note text, CONSTRAINT named CHECK (name <> '')) INHERITS (app.z_parents, app.second);
CREATE TABLE app.changed () INHERITS (app.z_parents);
ALTER TABLE app.changed ALTER name SET DEFAULT 'somebody';
ALTER TABLE app.changed ALTER born SET NOT NULL;
ALTER TABLE app.changed ALTER born SET STATISTICS 10;
CREATE TABLE app.without () INHERITS (app.z_parents);
ALTER TABLE app.without ALTER name DROP DEFAULT;
CREATE TABLE app.grandchild (own text) INHERITS (app.a_child);
-- Given its parent later, so its columns are its own and in an order of their own.
CREATE TABLE app.adopted (code text, more text, id integer DEFAULT 5);
ALTER TABLE app.adopted INHERIT app.second;
ALTER TABLE ONLY app.a_child ADD PRIMARY KEY (id);
CREATE INDEX second_code ON app.second (code);
COMMENT ON COLUMN app.a_child.name IS 'Inherited.';
