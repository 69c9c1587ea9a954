CREATE FUNCTION public.f(INOUT x integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
