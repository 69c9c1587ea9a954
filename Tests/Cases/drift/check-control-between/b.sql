CREATE TABLE public.t (a integer, b integer, CONSTRAINT c CHECK ((((a >= 1) AND (a <= 9)) AND (b > 0))));
