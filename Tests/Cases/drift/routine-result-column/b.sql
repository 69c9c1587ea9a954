CREATE FUNCTION public.f(integer) RETURNS TABLE (a integer, c integer) LANGUAGE sql AS 'SELECT 1, 2';
