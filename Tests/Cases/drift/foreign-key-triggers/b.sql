CREATE FUNCTION public.fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION public.other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE public.parent (id integer PRIMARY KEY);
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b text, parent_id integer CONSTRAINT t_parent REFERENCES public.parent ON DELETE CASCADE);
CREATE VIEW public.v AS SELECT id, a FROM public.t;
ALTER TABLE public.t DISABLE TRIGGER ALL;
