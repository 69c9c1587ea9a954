CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION public.f TO writer, reader;
