CREATE TABLE public.checked (
  a integer CHECK (a > 0),
  b integer CONSTRAINT named CHECK (b IN (1, 2, 3)),
  c text CHECK (c ~ '^[a-z]+$' AND length(c) < 10),
  d text CHECK (upper(d) = d) NO INHERIT,
  e date,
  f date,
  CHECK (e <= f),
  CHECK (a < b OR b IS NULL),
  CHECK ((a > 0) AND (b > 0)),
  CONSTRAINT "text with ) in it" CHECK (c <> ')' AND d <> '(' AND c <> E'\\\'')
);
COMMENT ON CONSTRAINT named ON public.checked IS 'small';
CREATE TABLE public.always_true (CHECK (true), CONSTRAINT row_at_all CHECK (always_true IS NOT NULL));
-- The server prints these differently after it has read its own text once.
CREATE DOMAIN public.size AS character varying(2) CHECK (VALUE IN ('S', 'M''', 'L'));
CREATE TABLE public.listed (
  status character varying(10) DEFAULT 'a' CHECK (status IN ('a', 'b,', 'c]')),
  code character varying CHECK (code = ANY (ARRAY['x'::text, 'y']) OR code NOT IN ('q'::varchar(3), NULL)),
  size public.size CHECK (size IN ('S', 'M''')),
  network cidr CHECK (network IN ('10.0.0.0/8', '11.0.0.0/8')),
  grid text CHECK (grid = ANY (ARRAY[ARRAY['a'::varchar, 'b'], ARRAY['c'::varchar, 'd']]::text[])),
  kind text GENERATED ALWAYS AS (CASE WHEN status IN ('a', 'b') THEN 'known' END) STORED
);
CREATE INDEX listed_status ON public.listed (code) WHERE status IN ('a', 'b');
CREATE INDEX listed_known ON public.listed ((status IN ('a', 'b')));
CREATE VIEW public.listed_known_only AS SELECT status FROM public.listed WHERE status IN ('a', 'b');
-- BETWEEN becomes an AND of its own, which the server's parser joins with the next when it reads it back.
CREATE TABLE public.nested (
  a integer,
  b integer,
  CONSTRAINT joined CHECK (a BETWEEN 1 AND 9 AND b > 0),
  CONSTRAINT joined_twice CHECK (a BETWEEN 1 AND 9 AND b BETWEEN 2 AND 8 AND a <> b),
  CONSTRAINT last CHECK (b > 0 AND a BETWEEN 1 AND 9),
  CONSTRAINT either CHECK ((a NOT BETWEEN 1 AND 9 OR b > 0) AND (a = 1 OR a = 2 OR b NOT BETWEEN 3 AND 4)),
  CONSTRAINT texts CHECK (a::text || ' AND (' <> '((x) AND (y)) AND (z)' AND a IS NOT NULL)
);
CREATE VIEW public.nested_view AS SELECT a FROM public.nested WHERE a BETWEEN 1 AND 9 AND b BETWEEN 2 AND 8 AND b <> 5;
CREATE INDEX nested_part ON public.nested (a) WHERE a BETWEEN 1 AND 9 AND b > 0;
