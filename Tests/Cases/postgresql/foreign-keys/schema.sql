CREATE TABLE public.parents (a integer, b integer, code text NOT NULL, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (code));
CREATE UNIQUE INDEX parents_by_index ON public.parents (code, a);
CREATE TABLE public.plain (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES public.parents);
CREATE TABLE public.children (
  id integer PRIMARY KEY,
  a integer,
  b integer DEFAULT 0,
  code text DEFAULT 'none',
  CONSTRAINT crossed FOREIGN KEY (b, a) REFERENCES public.parents (b, a),
  CONSTRAINT to_unique FOREIGN KEY (code) REFERENCES public.parents (code) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT to_index FOREIGN KEY (code, a) REFERENCES public.parents (code, a) ON UPDATE RESTRICT ON DELETE CASCADE,
  CONSTRAINT whole FOREIGN KEY (a, b) REFERENCES public.parents MATCH FULL ON UPDATE SET NULL ON DELETE SET NULL,
  CONSTRAINT to_default FOREIGN KEY (a, b) REFERENCES public.parents ON DELETE SET DEFAULT ON UPDATE SET DEFAULT,
  CONSTRAINT immediate FOREIGN KEY (code) REFERENCES public.parents (code) DEFERRABLE,
  CONSTRAINT deferred FOREIGN KEY (code) REFERENCES public.parents (code) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON CONSTRAINT whole ON public.children IS '@orphans quarantine
all or nothing';
CREATE TABLE public.tree (id integer PRIMARY KEY, up integer REFERENCES public.tree ON DELETE CASCADE);
CREATE TABLE public.egg (id integer PRIMARY KEY, hen integer NOT NULL);
CREATE TABLE public.hen (id integer PRIMARY KEY, egg integer NOT NULL REFERENCES public.egg DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE public.egg ADD CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES public.hen DEFERRABLE INITIALLY DEFERRED;
