CREATE TYPE public.region AS ENUM ('north', 'south', 'o''dd');
CREATE TABLE public.sales (region public.region NOT NULL, customer integer NOT NULL, sold_on date, amount integer,
  UNIQUE (region, customer, sold_on)) PARTITION BY LIST (region);
CREATE TABLE public.sales_north PARTITION OF public.sales FOR VALUES IN ('north') PARTITION BY HASH (customer);
CREATE TABLE public.sales_north_0 PARTITION OF public.sales_north FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE public.sales_north_1 PARTITION OF public.sales_north FOR VALUES WITH (MODULUS 2, REMAINDER 1)
  PARTITION BY RANGE (sold_on);
CREATE TABLE public.sales_north_1_all PARTITION OF public.sales_north_1 FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
CREATE TABLE public.sales_south PARTITION OF public.sales FOR VALUES IN ('south', 'o''dd');
-- Named so that it sorts before its parent.
CREATE TABLE public.a_null_region PARTITION OF public.sales DEFAULT;
CREATE INDEX on_middle ON public.sales_north (amount);
CREATE TABLE public.listed (a text) PARTITION BY LIST (a);
CREATE TABLE public.listed_1 PARTITION OF public.listed FOR VALUES IN (NULL, 'a', 'it''s');
CREATE UNLOGGED TABLE public.listed_2 PARTITION OF public.listed FOR VALUES IN ('b');
