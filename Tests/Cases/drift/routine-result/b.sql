CREATE FUNCTION public.f(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
