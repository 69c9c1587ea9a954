CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE internal AS 'int4um';
