CREATE TABLE public.t (id integer PRIMARY KEY, name text, amount numeric(10,2) DEFAULT 0);
GRANT UPDATE ON public.t TO writer; GRANT INSERT ON public.t TO writer; GRANT SELECT ON public.t TO reader;
