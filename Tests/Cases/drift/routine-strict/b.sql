CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql STRICT AS 'SELECT x';
