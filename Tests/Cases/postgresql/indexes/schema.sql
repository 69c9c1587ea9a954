CREATE EXTENSION pg_trgm;
CREATE TABLE public.things (
  id integer PRIMARY KEY,
  name text,
  tags text[],
  document jsonb,
  place point,
  network inet,
  span int4range,
  made_at timestamptz,
  code character varying(10),
  vector tsvector
);
CREATE INDEX by_btree ON public.things (name);
CREATE INDEX by_hash ON public.things USING hash (name);
CREATE INDEX by_gin ON public.things USING gin (tags, document jsonb_path_ops);
CREATE INDEX by_gist ON public.things USING gist (place, span);
CREATE INDEX by_gist_class ON public.things USING gist (network inet_ops);
CREATE INDEX by_spgist ON public.things USING spgist (place kd_point_ops);
CREATE INDEX by_brin ON public.things USING brin (made_at timestamptz_minmax_multi_ops, id);
CREATE INDEX by_trigram ON public.things USING gin (name gin_trgm_ops);
CREATE INDEX by_pattern ON public.things (name text_pattern_ops, code varchar_pattern_ops, code varchar_ops);
CREATE INDEX ordered ON public.things (name DESC, code ASC NULLS FIRST, id DESC NULLS LAST, made_at NULLS LAST);
CREATE INDEX by_expression ON public.things (lower(name), (id + 1) DESC, (document ->> 'a'), COALESCE(code, ''));
CREATE INDEX covering ON public.things (name) INCLUDE (code, made_at);
CREATE INDEX partial ON public.things (name) WHERE code IS NOT NULL AND (id > 10 OR name = ')');
CREATE INDEX by_words ON public.things USING gin (to_tsvector('english', name), vector);
CREATE INDEX over_all ON public.things ((things.*));
COMMENT ON INDEX public.partial IS 'for the page of things';
CREATE UNIQUE INDEX only_one ON public.things (name, lower(code)) WHERE made_at IS NULL;
CREATE UNIQUE INDEX together ON public.things (code, name) INCLUDE (id) NULLS NOT DISTINCT WHERE id > 0;
