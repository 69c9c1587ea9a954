-- What PostgreSQL 18 brought.
CREATE TABLE public.guests (id integer PRIMARY KEY);
CREATE TABLE public.rooms (
  id int4range,
  during daterange,
  width integer CONSTRAINT width_is_known NOT NULL,
  depth integer CONSTRAINT depth_here_only NOT NULL NO INHERIT,
  area integer GENERATED ALWAYS AS (width * depth) VIRTUAL,
  volume integer GENERATED ALWAYS AS (width * depth * 3) STORED,
  PRIMARY KEY (id, during WITHOUT OVERLAPS),
  CONSTRAINT rooms_alone UNIQUE (during, id WITHOUT OVERLAPS)
);
ALTER TABLE public.rooms ADD COLUMN height integer;
ALTER TABLE public.rooms ADD CONSTRAINT height_is_known NOT NULL height NOT VALID;
COMMENT ON CONSTRAINT width_is_known ON public.rooms IS 'measured';
CREATE TABLE public.stays (
  room int4range,
  during daterange,
  guest integer REFERENCES public.guests NOT ENFORCED,
  nights integer CHECK (nights > 0) NOT ENFORCED,
  CONSTRAINT nights_few CHECK (nights < 100),
  CONSTRAINT stays_in FOREIGN KEY (room, PERIOD during) REFERENCES public.rooms (id, PERIOD during)
);
CREATE TABLE public.cut (k integer NOT NULL, v integer CONSTRAINT v_given NOT NULL) PARTITION BY LIST (k);
CREATE TABLE public.cut_1 PARTITION OF public.cut FOR VALUES IN (1);
CREATE TABLE public.cut_2 (k integer NOT NULL, v integer NOT NULL);
ALTER TABLE public.cut ATTACH PARTITION public.cut_2 FOR VALUES IN (2);
CREATE PUBLICATION computed FOR TABLE public.rooms WITH (publish_generated_columns = stored);
CREATE PUBLICATION plain FOR TABLE public.stays;
-- A child's NOT NULL is called as its parent's, unless that is gone.
CREATE TABLE public.above (a integer CONSTRAINT a_given NOT NULL, b integer CONSTRAINT b_given NOT NULL);
CREATE TABLE public.below () INHERITS (public.above);
ALTER TABLE ONLY public.above ALTER b DROP NOT NULL;
COMMENT ON CONSTRAINT a_given ON public.below IS 'from above';
