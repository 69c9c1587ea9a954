-- What PostgreSQL 17 brought.
CREATE TABLE public.kept (id integer PRIMARY KEY);
GRANT MAINTAIN ON public.kept TO writer WITH GRANT OPTION;
GRANT SELECT, MAINTAIN ON public.kept TO reader;
CREATE MATERIALIZED VIEW public.kept_too AS SELECT id FROM public.kept;
GRANT MAINTAIN ON public.kept_too TO reader;
ALTER DEFAULT PRIVILEGES GRANT MAINTAIN ON TABLES TO auditor;
CREATE COLLATION public.plain (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE public.texts (t text COLLATE public.plain);
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE public.cut (id bigint GENERATED ALWAYS AS IDENTITY (START 5), k integer NOT NULL) PARTITION BY LIST (k) USING heap2;
CREATE TABLE public.cut_1 PARTITION OF public.cut FOR VALUES IN (1);
CREATE TABLE public.cut_2 PARTITION OF public.cut FOR VALUES IN (2) USING heap;
CREATE TABLE public.cut_3 (k integer NOT NULL, id bigint NOT NULL);
ALTER TABLE public.cut ATTACH PARTITION public.cut_3 FOR VALUES IN (3);
CREATE DOMAIN public.given AS integer CONSTRAINT given_at_all NOT NULL CONSTRAINT given_enough CHECK (VALUE > 0);
CREATE FUNCTION public.on_login() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER at_login ON login EXECUTE FUNCTION public.on_login();
ALTER EVENT TRIGGER at_login DISABLE;
CREATE VIEW public.from_json AS
  SELECT j.id, j.name FROM JSON_TABLE('[]'::jsonb, '$[*]' COLUMNS (id integer PATH '$.id', name text PATH '$.name')) AS j;
