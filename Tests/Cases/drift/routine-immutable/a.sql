CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql STABLE AS 'SELECT x';
