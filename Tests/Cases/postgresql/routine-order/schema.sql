-- Functions that tables need, and functions that need tables.
CREATE TABLE public.things (id integer PRIMARY KEY, name text, note text);
CREATE FUNCTION public.of_row(t public.things) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT t.name';
CREATE FUNCTION public.all_things() RETURNS SETOF public.things LANGUAGE sql AS 'SELECT * FROM public.things';
ALTER TABLE public.things ADD CONSTRAINT named CHECK (public.of_row(things) <> '');
ALTER TABLE public.things ADD label text GENERATED ALWAYS AS (upper(name)) STORED;
CREATE FUNCTION public.good(x integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN (x > 0);
CREATE FUNCTION public.also_good(x integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN (public.good(x) AND x < 100);
CREATE FUNCTION public.count_things() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) AS count FROM public.things; END;
CREATE TABLE public.uses (
  id integer PRIMARY KEY CHECK (public.also_good(id)),
  amount bigint DEFAULT public.count_things(),
  doubled integer GENERATED ALWAYS AS (id * 2) STORED,
  CHECK (public.good(doubled))
);
CREATE INDEX uses_good ON public.uses (public.good(id)) WHERE public.also_good(doubled);
CREATE DOMAIN public.small AS integer CHECK (public.good(VALUE));
CREATE FUNCTION public.of_small(s public.small) RETURNS public.small LANGUAGE sql AS 'SELECT s';
CREATE VIEW public.seen AS SELECT id, public.count_things() AS all_of_them FROM public.uses;
CREATE FUNCTION public.from_view() RETURNS SETOF public.seen LANGUAGE sql BEGIN ATOMIC SELECT id, all_of_them FROM public.seen; END;
CREATE VIEW public.seen_again AS SELECT * FROM public.from_view();
CREATE FUNCTION public.abs_of(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN abs($1);
CREATE SEQUENCE public.numbers;
CREATE FUNCTION public.next_number() RETURNS bigint LANGUAGE sql RETURN nextval('public.numbers');
CREATE TABLE public.parts (id bigint DEFAULT public.next_number(), k integer) PARTITION BY LIST (public.abs_of(k));
CREATE TABLE public.parts_1 PARTITION OF public.parts (id DEFAULT public.count_things()) FOR VALUES IN (1);
CREATE MATERIALIZED VIEW public.kept AS SELECT public.good(id) AS is_good FROM public.things;
CREATE FUNCTION public.of_kept(public.kept) RETURNS boolean LANGUAGE sql RETURN ($1).is_good;
CREATE TYPE public.state AS ENUM ('a', 'b');
CREATE FUNCTION public.states() RETURNS public.state[] LANGUAGE sql RETURN ARRAY['a'::public.state];
CREATE FUNCTION public.things_of(public.things[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.put(x integer) RETURNS void LANGUAGE sql BEGIN ATOMIC
  INSERT INTO public.uses (id) VALUES (x) ON CONFLICT (id) DO NOTHING;
END;
CREATE FUNCTION public.z_called() RETURNS integer LANGUAGE sql RETURN 1;
CREATE FUNCTION public.a_caller() RETURNS integer LANGUAGE sql RETURN public.z_called();
-- A domain needs a function, that a table, and that another domain, a sequence and a type.
CREATE TYPE public.z_state AS ENUM ('x');
CREATE DOMAIN public.z_inner AS integer CHECK (VALUE > 0);
CREATE SEQUENCE public.z_numbers;
CREATE TABLE public.z_table (id integer DEFAULT nextval('public.z_numbers'), d public.z_inner, s public.z_state);
CREATE FUNCTION public.z_of(public.z_table) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN (($1).d > 0);
CREATE DOMAIN public.a_outer AS integer CHECK (public.z_of(ROW(1, VALUE, 'x')::public.z_table));
-- The key of a partitioned table, which a parsed body and a view need.
CREATE TABLE public.k_parts (id integer, name text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE public.k_parts_1 PARTITION OF public.k_parts FOR VALUES FROM (1) TO (10);
CREATE VIEW public.k_view AS SELECT id, name, count(*) AS number FROM public.k_parts GROUP BY id;
CREATE FUNCTION public.k_row(public.k_view) RETURNS bigint LANGUAGE sql RETURN ($1).number;
CREATE FUNCTION public.k_put(x integer) RETURNS void LANGUAGE sql BEGIN ATOMIC
  INSERT INTO public.k_parts (id) VALUES (x) ON CONFLICT ON CONSTRAINT k_parts_pkey DO NOTHING;
END;
