-- Where a row belongs depends on the numbers of the labels, which differ from database to database.
CREATE TYPE public.colour AS ENUM ('red', 'green', 'blue', 'cyan', 'pink', 'gold', 'grey', 'teal');
CREATE TABLE public.things (id integer, colour public.colour) PARTITION BY RANGE (id);
CREATE TABLE public.things_low PARTITION OF public.things FOR VALUES FROM (0) TO (1000) PARTITION BY HASH (colour);
CREATE TABLE public.things_low_0 PARTITION OF public.things_low FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE public.things_low_1 PARTITION OF public.things_low FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE public.things_low_2 PARTITION OF public.things_low FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE public.things_high PARTITION OF public.things FOR VALUES FROM (1000) TO (MAXVALUE);
ALTER TABLE public.things_high ADD CHECK (id < 9000);
