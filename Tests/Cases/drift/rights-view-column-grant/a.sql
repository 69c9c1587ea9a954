CREATE TABLE public.t (id integer PRIMARY KEY, name text, amount numeric(10,2) DEFAULT 0);
CREATE VIEW public.v AS SELECT id, name FROM public.t;
