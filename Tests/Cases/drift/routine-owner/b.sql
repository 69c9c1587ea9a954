CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql  AS 'SELECT x'; ALTER FUNCTION public.f(integer) OWNER TO writer;
