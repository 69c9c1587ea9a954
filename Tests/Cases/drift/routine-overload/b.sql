CREATE FUNCTION public.f(x bigint) RETURNS bigint LANGUAGE sql  AS 'SELECT x';
