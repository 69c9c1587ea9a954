CREATE TYPE public.mood AS ENUM ('sad', 'happy');
CREATE FUNCTION public.as_integer(public.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.as_integer2(public.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.mood AS int4) WITH FUNCTION public.as_integer(public.mood);
