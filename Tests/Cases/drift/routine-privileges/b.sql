CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql  AS 'SELECT x'; GRANT EXECUTE ON FUNCTION public.f(integer) TO reader;
