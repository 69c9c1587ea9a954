CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql SET search_path TO 'pg_catalog', 'pg_temp' AS 'SELECT x';
