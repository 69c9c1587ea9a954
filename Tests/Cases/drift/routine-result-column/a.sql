CREATE FUNCTION public.f(integer) RETURNS TABLE (a integer, b integer) LANGUAGE sql AS 'SELECT 1, 2';
