CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE TABLE t (id integer PRIMARY KEY, n integer, CONSTRAINT fitting CHECK (public.fits(n)));
