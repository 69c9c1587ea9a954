CREATE PROCEDURE public.p(a integer, OUT b bigint) LANGUAGE plpgsql AS 'BEGIN END';
