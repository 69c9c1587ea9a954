CREATE TABLE public.t (a integer, b character varying(3), c timestamp with time zone, d boolean, e integer ARRAY, f character(1), g double precision, h timestamp(0) without time zone);
