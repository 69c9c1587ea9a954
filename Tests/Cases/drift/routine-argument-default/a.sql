CREATE FUNCTION public.f(x integer DEFAULT 1) RETURNS integer LANGUAGE sql  AS 'SELECT x';
