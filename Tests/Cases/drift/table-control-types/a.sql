CREATE TABLE public.t (a int4, b varchar(3), c timestamptz, d bool, e int[], f char, g float, h timestamp(0));
