CREATE TABLE public.t (a integer, b integer, CONSTRAINT c CHECK (a BETWEEN 1 AND 9 AND b > 0));
