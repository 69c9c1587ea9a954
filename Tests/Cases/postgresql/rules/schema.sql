CREATE TABLE public.t (id integer PRIMARY KEY, name text, status text);
CREATE TABLE public.log (id integer, what text, at timestamptz DEFAULT now());
CREATE VIEW public.v AS SELECT id, name FROM public.t;
CREATE RULE v_insert AS ON INSERT TO public.v DO INSTEAD INSERT INTO public.t (id, name) VALUES (NEW.id, NEW.name) RETURNING t.id, t.name;
CREATE RULE v_update AS ON UPDATE TO public.v DO INSTEAD UPDATE public.t SET name = NEW.name WHERE t.id = OLD.id;
CREATE RULE v_delete AS ON DELETE TO public.v DO INSTEAD NOTHING;
CREATE RULE t_log AS ON UPDATE TO public.t WHERE NEW.name <> OLD.name AND NEW.status IN ('DO', 'WHERE')
  DO ALSO (INSERT INTO public.log (id, what) VALUES (OLD.id, 'DO it; DO INSTEAD'); DELETE FROM public.log WHERE id < 0);
CREATE RULE t_notify AS ON DELETE TO public.t DO ALSO NOTIFY changed, 'x; DO';
CREATE RULE "DO odd" AS ON DELETE TO public.t WHERE OLD.id = 7 DO INSTEAD NOTHING;
CREATE RULE t_off AS ON INSERT TO public.t DO ALSO INSERT INTO public.log (id, what) SELECT NEW.id, 'new' FROM public.v WHERE v.id = NEW.id;
CREATE RULE t_replica AS ON INSERT TO public.t DO ALSO NOTHING;
CREATE RULE t_always AS ON INSERT TO public.t DO ALSO NOTHING;
ALTER TABLE public.t DISABLE RULE t_off;
ALTER TABLE public.t ENABLE REPLICA RULE t_replica;
ALTER TABLE public.t ENABLE ALWAYS RULE t_always;
COMMENT ON RULE v_insert ON public.v IS 'inserts';
COMMENT ON RULE t_log ON public.t IS 'logs';
