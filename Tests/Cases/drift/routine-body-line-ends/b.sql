CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql AS E'SELECT\r\n x';
