CREATE TABLE public.measures (
  city integer NOT NULL,
  day date NOT NULL,
  peak integer,
  low integer,
  CONSTRAINT sane CHECK (peak >= low)
) PARTITION BY RANGE (day);
CREATE INDEX measures_day ON public.measures (day);
-- Another order, a dropped column, an index and a check of its own that the parent's take over.
CREATE TABLE public.measures_2020 (
  low integer,
  gone text,
  day date NOT NULL,
  city integer NOT NULL,
  peak integer DEFAULT 7,
  CONSTRAINT sane CHECK (peak >= low),
  CONSTRAINT bounds CHECK (day >= '2020-01-01' AND day < '2021-01-01')
);
ALTER TABLE public.measures_2020 DROP COLUMN gone;
CREATE INDEX measures_2020_day_idx ON public.measures_2020 (day);
CREATE INDEX measures_2020_peak ON public.measures_2020 (peak);
ALTER TABLE public.measures ATTACH PARTITION public.measures_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE public.measures ADD CONSTRAINT measures_pkey PRIMARY KEY (day, city);
CREATE TABLE public.measures_2021 PARTITION OF public.measures FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
ALTER TABLE public.measures_2021 ADD CONSTRAINT cold CHECK (peak < 60) NOT VALID;
-- Detached again: a table like any other.
CREATE TABLE public.measures_2022 PARTITION OF public.measures FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
ALTER TABLE public.measures DETACH PARTITION public.measures_2022;
