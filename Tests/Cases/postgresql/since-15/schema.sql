-- What PostgreSQL 15 brought.
CREATE TABLE public.parents (a integer, b integer, code text NOT NULL, PRIMARY KEY (a, b));
CREATE TABLE public.children (
  id integer PRIMARY KEY,
  a integer,
  b integer DEFAULT 0,
  CONSTRAINT partly FOREIGN KEY (a, b) REFERENCES public.parents ON DELETE SET NULL (b),
  CONSTRAINT partly_default FOREIGN KEY (a, b) REFERENCES public.parents ON DELETE SET DEFAULT (b, a) ON UPDATE SET DEFAULT
);
CREATE TABLE public.keyed (a integer, b integer, c text, CONSTRAINT together UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c));
COMMENT ON CONSTRAINT together ON public.keyed IS 'even when unknown';
CREATE UNIQUE INDEX keyed_together ON public.keyed (b, c) NULLS NOT DISTINCT;
CREATE UNLOGGED SEQUENCE public.fleeting;
CREATE TABLE public.rounded (n numeric(3,-2));
-- Options are sorted by name; pg_dump keeps the order in which they were given.
CREATE VIEW public.invoking WITH (security_barrier = false, security_invoker = true) AS SELECT a, b FROM public.keyed;
CREATE FUNCTION public.starts(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT text_starts_with_support AS 'text_starts_with';
CREATE SCHEMA app;
CREATE SCHEMA "Other";
CREATE TABLE app.t (id integer PRIMARY KEY, name text, "Secret" text);
CREATE TABLE app.u (id integer PRIMARY KEY, state text);
CREATE PUBLICATION "some" FOR TABLE app.t (id, "Secret"), app.u WHERE (state <> 'it''s');
CREATE PUBLICATION schemas FOR TABLES IN SCHEMA app, "Other";
CREATE PUBLICATION "Mixed" FOR TABLES IN SCHEMA "Other", TABLE public.keyed;
