CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql SET work_mem TO '1MB' SET search_path TO public, pg_temp AS 'SELECT 1';
