CREATE PROCEDURE public.p(a integer, OUT b integer) LANGUAGE plpgsql AS 'BEGIN b := 2; END';
