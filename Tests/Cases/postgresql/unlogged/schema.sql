CREATE UNLOGGED TABLE public.cache (key text PRIMARY KEY, value text, n serial);
CREATE UNLOGGED TABLE public.counters (id integer GENERATED ALWAYS AS IDENTITY, cache_key text REFERENCES public.cache);
CREATE INDEX cache_value ON public.cache (value);
CREATE TABLE public.kept (key text);
