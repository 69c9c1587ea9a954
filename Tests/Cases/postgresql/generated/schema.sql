CREATE TABLE public.boxes (
  width numeric NOT NULL,
  area numeric GENERATED ALWAYS AS (width * height) STORED,
  height numeric NOT NULL,
  label text GENERATED ALWAYS AS (CASE WHEN width > height THEN 'wide' ELSE 'it''s (tall' END) STORED NOT NULL,
  PRIMARY KEY (width, height),
  CHECK (area > 0)
);
CREATE INDEX boxes_area ON public.boxes (area);
CREATE TABLE public.only_generated (one integer GENERATED ALWAYS AS (1) STORED);
