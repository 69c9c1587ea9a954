CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql RETURN x;
