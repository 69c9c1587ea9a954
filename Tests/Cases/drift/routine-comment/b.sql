CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql  AS 'SELECT x'; COMMENT ON FUNCTION public.f(integer) IS 'x';
