CREATE TABLE public.t (id integer PRIMARY KEY, tenant integer, name text);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.t TO writer USING (((tenant=1)));
ALTER POLICY mine ON public.t TO reader, writer;
