CREATE TYPE public.mood AS ENUM ('sad', 'happy');
ALTER TYPE public.mood ADD VALUE 'so-so' AFTER 'sad';
ALTER TYPE public.mood ADD VALUE 'first' BEFORE 'sad';
ALTER TYPE public.mood RENAME VALUE 'happy' TO 'glad';
COMMENT ON TYPE public.mood IS 'how one feels';
CREATE TYPE public."Odd Labels" AS ENUM ('it''s', '"quoted"', 'back\slash', 'größer', '日本', '', ' spaces ', 'new
line', 'tab	here', 'a,b', '{c}', '$$');
CREATE TYPE public.none_at_all AS ENUM ();
CREATE TABLE public.diary (
  id integer PRIMARY KEY,
  mood public.mood NOT NULL DEFAULT 'so-so',
  moods public.mood[] DEFAULT '{sad,glad}',
  odd public."Odd Labels" DEFAULT 'it''s',
  CHECK (mood <> 'first' OR odd IS NULL)
);
CREATE INDEX diary_mood ON public.diary (mood) WHERE mood > 'sad';
