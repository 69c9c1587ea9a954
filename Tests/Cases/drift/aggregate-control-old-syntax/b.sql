CREATE AGGREGATE public.n (BASETYPE = 'ANY', SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
