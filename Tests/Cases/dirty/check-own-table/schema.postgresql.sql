-- no plain dump of it can be restored
-- Each row was held against those that were there before it: all of them together are too many.
CREATE TABLE t (id integer PRIMARY KEY, owner integer);
CREATE FUNCTION few(integer) RETURNS boolean LANGUAGE sql AS 'SELECT count(*) < 3 FROM public.t WHERE owner = $1';
ALTER TABLE t ADD CONSTRAINT few CHECK (public.few(owner));
