CREATE TABLE public.t (id integer PRIMARY KEY, tenant integer, name text);
INSERT INTO pg_seclabel VALUES ('public.t'::regclass, 'pg_class'::regclass, 0, 'dummy', 'secret');
