CREATE SEQUENCE public.plain;
CREATE SEQUENCE public.small AS smallint START 10 INCREMENT 5 MINVALUE 5 MAXVALUE 500 CACHE 20 CYCLE;
CREATE SEQUENCE public.down AS integer INCREMENT -1;
CREATE SEQUENCE public.down_far INCREMENT BY -3 MINVALUE -9223372036854775808 MAXVALUE 9 START 9;
CREATE SEQUENCE public.from_zero MINVALUE 0 START 7;
COMMENT ON SEQUENCE public.plain IS '@owner nobody';
CREATE TABLE public.counted (
  id serial PRIMARY KEY,
  big bigserial,
  tiny smallserial,
  borrowed integer DEFAULT nextval('public.plain')
);
CREATE SEQUENCE public.owned_late;
ALTER TABLE public.counted ADD COLUMN late bigint DEFAULT nextval('public.owned_late');
ALTER SEQUENCE public.owned_late OWNED BY public.counted.late;
-- Owned by a column that does not use it.
CREATE SEQUENCE public.idle OWNED BY public.counted.big;
