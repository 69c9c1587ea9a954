CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE internal WINDOW AS 'int4abs';
