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
