CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql AS E'SELECT\n x';
