CREATE TABLE public.t (id integer PRIMARY KEY, tenant integer, name text);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
