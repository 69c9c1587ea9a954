CREATE DOMAIN public.positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN public.percentage AS public.positive DEFAULT 50 NOT NULL
  CONSTRAINT at_most_all CHECK (VALUE <= 100)
  CONSTRAINT not_almost CHECK (VALUE <> 99);
CREATE DOMAIN public.code AS character varying(8) COLLATE "C" DEFAULT 'none' CHECK (VALUE ~ '^[a-z'']+$');
CREATE DOMAIN public.amount AS numeric(12,2);
CREATE DOMAIN public.amounts AS public.amount[];
-- Sorts before what it is laid over.
CREATE DOMAIN public.a_small AS public.percentage CHECK (VALUE < 10);
ALTER DOMAIN public.positive ADD CONSTRAINT not_thirteen CHECK (VALUE <> 13) NOT VALID;
COMMENT ON DOMAIN public.percentage IS 'of the whole';
COMMENT ON CONSTRAINT at_most_all ON DOMAIN public.percentage IS 'nobody gives more';
CREATE TABLE public.shares (
  id integer PRIMARY KEY,
  share public.percentage,
  little public.a_small,
  code public.code,
  amount public.amount,
  amounts public.amounts DEFAULT '{1.00}'
);
CREATE INDEX shares_share ON public.shares (share);
