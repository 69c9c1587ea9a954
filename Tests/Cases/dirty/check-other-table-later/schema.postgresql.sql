-- no plain dump of it can be restored
-- Whatever is loaded before the limits fits, and so does everything once there are none.
CREATE TABLE z_limits (top integer);
CREATE FUNCTION top() RETURNS integer LANGUAGE sql STABLE AS 'SELECT max(top) FROM public.z_limits';
CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT $1 <= public.top()';
INSERT INTO z_limits VALUES (10);
CREATE TABLE t (id integer PRIMARY KEY, n integer, note text, CONSTRAINT fitting CHECK (public.fits(n)));
