-- no plain dump of it can be restored
CREATE TABLE z_limits (top integer);
CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT $1 <= (SELECT coalesce(max(top), 0) FROM public.z_limits)';
INSERT INTO z_limits VALUES (10);
CREATE TABLE t (id integer PRIMARY KEY, n integer, CONSTRAINT fitting CHECK (public.fits(n)));
