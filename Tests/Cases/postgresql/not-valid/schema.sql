CREATE TABLE public.parents (id integer PRIMARY KEY);
CREATE TABLE public.children (id integer PRIMARY KEY, parent_id integer, amount integer);
INSERT INTO public.children VALUES (1, 7, -1);
ALTER TABLE public.children
  ADD CONSTRAINT never_checked FOREIGN KEY (parent_id) REFERENCES public.parents ON DELETE CASCADE NOT VALID,
  ADD CONSTRAINT hopeful CHECK (amount > 0) NOT VALID,
  ADD CONSTRAINT hopeful_here CHECK (amount > -5) NO INHERIT NOT VALID,
  ADD CONSTRAINT checked_late CHECK (amount > -9) NOT VALID;
ALTER TABLE public.children VALIDATE CONSTRAINT checked_late;
COMMENT ON CONSTRAINT hopeful ON public.children IS 'since 2020';
COMMENT ON CONSTRAINT never_checked ON public.children IS 'since 2021';
