CREATE AGGREGATE public.n(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
