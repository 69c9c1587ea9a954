CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql SET work_mem TO '5MB' AS 'SELECT x';
