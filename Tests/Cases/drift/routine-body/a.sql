CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql  AS 'SELECT x';
