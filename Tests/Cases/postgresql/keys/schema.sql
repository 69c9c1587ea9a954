CREATE TABLE public.keyed (
  a integer,
  b integer,
  c text,
  d text,
  e text,
  CONSTRAINT keyed_key PRIMARY KEY (b, a) INCLUDE (c),
  CONSTRAINT immediate UNIQUE (c) DEFERRABLE,
  CONSTRAINT deferred UNIQUE (d, c) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT together UNIQUE (d, e) INCLUDE (a, c),
  UNIQUE (e)
);
COMMENT ON CONSTRAINT keyed_key ON public.keyed IS 'found by both';
COMMENT ON CONSTRAINT together ON public.keyed IS 'even when unknown';
CREATE TABLE public.late_key (a integer, b integer);
ALTER TABLE public.late_key ADD PRIMARY KEY (a) DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX late_key_by_index ON public.late_key (b);
ALTER TABLE public.late_key ADD CONSTRAINT late_key_renamed UNIQUE USING INDEX late_key_by_index;
