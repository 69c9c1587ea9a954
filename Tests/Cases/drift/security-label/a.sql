CREATE TABLE public.t (id integer PRIMARY KEY, tenant integer, name text);
