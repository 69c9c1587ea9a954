CREATE TABLE public.base (id integer PRIMARY KEY, name text, price numeric);
CREATE VIEW public.cheap AS SELECT * FROM public.base WHERE price < 10;
CREATE MATERIALIZED VIEW public.totals AS SELECT name, sum(price) AS total FROM public.base GROUP BY name;
CREATE UNIQUE INDEX totals_name ON public.totals (name);
CREATE INDEX totals_total ON public.totals (total DESC NULLS LAST, lower(name)) WHERE total > 0;
COMMENT ON INDEX public.totals_total IS 'for the top list';
COMMENT ON MATERIALIZED VIEW public.totals IS 'refreshed at night';
COMMENT ON COLUMN public.totals.total IS 'in euro';
-- Chains through both kinds, out of alphabetical order.
CREATE MATERIALIZED VIEW public.b_from_view AS SELECT * FROM public.cheap;
CREATE VIEW public.a_from_materialized AS SELECT * FROM public.totals JOIN public.b_from_view USING (name);
CREATE MATERIALIZED VIEW public.with_options WITH (fillfactor = 70) AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW public.never_filled AS SELECT id FROM public.base WITH NO DATA;
CREATE MATERIALIZED VIEW public.stored WITH (toast.autovacuum_enabled = false, autovacuum_enabled = false) AS
  SELECT id, name, name || '!' AS loud FROM public.base;
ALTER MATERIALIZED VIEW public.stored ALTER name SET STORAGE EXTERNAL, ALTER loud SET STORAGE MAIN, ALTER name SET COMPRESSION pglz,
  ALTER id SET STATISTICS 77, ALTER id SET (n_distinct = -0.5), ALTER loud SET (n_distinct = 9, n_distinct_inherited = 10);
CREATE INDEX stored_id ON public.stored (id);
ALTER MATERIALIZED VIEW public.stored CLUSTER ON stored_id;
