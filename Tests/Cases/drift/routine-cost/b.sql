CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql COST 7.5 AS 'SELECT x';
