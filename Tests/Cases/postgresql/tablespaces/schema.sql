SET allow_in_place_tablespaces = on;
SELECT 'CREATE TABLESPACE "Far away" LOCATION ''''' WHERE NOT EXISTS (SELECT FROM pg_tablespace WHERE spcname = 'Far away') \gexec
CREATE TABLE public.far (id integer PRIMARY KEY USING INDEX TABLESPACE "Far away", name text UNIQUE) TABLESPACE "Far away";
COMMENT ON INDEX public.far_name_key IS 'Far, too.';
CREATE TABLE public.spread (id integer UNIQUE USING INDEX TABLESPACE "Far away");
CREATE INDEX far_name ON public.far (name) TABLESPACE "Far away";
CREATE TABLE public.near (id integer, EXCLUDE USING btree (id WITH =) USING INDEX TABLESPACE "Far away");
CREATE INDEX near_id ON public.near (id);
CREATE TABLE public.cut (k integer) PARTITION BY LIST (k) TABLESPACE "Far away";
CREATE TABLE public.cut_1 PARTITION OF public.cut FOR VALUES IN (1);
CREATE TABLE public.cut_2 PARTITION OF public.cut FOR VALUES IN (2) TABLESPACE pg_default;
CREATE MATERIALIZED VIEW public.far_view TABLESPACE "Far away" AS SELECT id FROM public.far;
CREATE INDEX far_view_id ON public.far_view (id) TABLESPACE "Far away";
