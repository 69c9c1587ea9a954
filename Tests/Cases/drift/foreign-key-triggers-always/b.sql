CREATE FUNCTION public.fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION public.other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE public.parent (id integer PRIMARY KEY);
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b text, parent_id integer CONSTRAINT t_parent REFERENCES public.parent ON DELETE CASCADE);
CREATE VIEW public.v AS SELECT id, a FROM public.t;
DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE public.t ENABLE ALWAYS TRIGGER %I', tgname) FROM pg_trigger WHERE tgrelid = 'public.t'::regclass AND tgfoid = 'pg_catalog."RI_FKey_check_ins"'::regproc); END $$;
