CREATE FUNCTION public.f(a int, b varchar(3), c timestamptz = now()) RETURNS decimal(4,1) LANGUAGE sql AS 'SELECT 1';
