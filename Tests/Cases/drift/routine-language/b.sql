SET check_function_bodies = false; CREATE FUNCTION public.f(x integer) RETURNS integer LANGUAGE sql AS ' ';
