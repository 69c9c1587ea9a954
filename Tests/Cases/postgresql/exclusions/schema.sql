CREATE EXTENSION btree_gist;
CREATE TABLE public.bookings (
  id integer PRIMARY KEY,
  room integer NOT NULL,
  during tstzrange NOT NULL,
  is_cancelled boolean DEFAULT false NOT NULL,
  guest text,
  floors int4range,
  CONSTRAINT one_at_a_time EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (NOT is_cancelled),
  CONSTRAINT one_guest EXCLUDE (lower(guest) COLLATE "C" text_pattern_ops DESC NULLS LAST WITH =) WHERE (guest IS NOT NULL)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT by_hash EXCLUDE USING hash (id WITH =) DEFERRABLE,
  EXCLUDE USING gist (int4range(lower(floors), upper(floors) + 1) WITH &&, room WITH OPERATOR(pg_catalog.=))
    WHERE (is_cancelled)
);
COMMENT ON CONSTRAINT one_at_a_time ON public.bookings IS 'rooms are small';
