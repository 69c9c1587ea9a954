CREATE TABLE public.t (id integer PRIMARY KEY, name text, amount numeric(10,2) DEFAULT 0);
CREATE TYPE public.mood AS ENUM ('a');
GRANT SELECT ON public.t TO reader; REVOKE SELECT ON public.t FROM reader;
REVOKE USAGE ON TYPE public.mood FROM PUBLIC; GRANT USAGE ON TYPE public.mood TO PUBLIC;
GRANT SELECT (name) ON public.t TO reader; REVOKE SELECT (name) ON public.t FROM reader;
