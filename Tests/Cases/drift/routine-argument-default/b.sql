CREATE FUNCTION public.f(x integer DEFAULT 2) RETURNS integer LANGUAGE sql  AS 'SELECT x';
