CREATE TABLE public.accounts (id integer, region text, PRIMARY KEY (id, region), UNIQUE (region, id)) PARTITION BY LIST (region);
CREATE TABLE public.accounts_a PARTITION OF public.accounts FOR VALUES IN ('a');
CREATE TABLE public.accounts_b PARTITION OF public.accounts FOR VALUES IN ('b');
ALTER TABLE public.accounts_a ADD CONSTRAINT alone UNIQUE (id);
CREATE TABLE public.currencies (code text PRIMARY KEY);
CREATE TABLE public.entries (
  id integer,
  account integer,
  region text,
  currency text,
  made date NOT NULL,
  CONSTRAINT of_account FOREIGN KEY (account, region) REFERENCES public.accounts ON DELETE CASCADE,
  CONSTRAINT in_currency FOREIGN KEY (currency) REFERENCES public.currencies ON UPDATE CASCADE
) PARTITION BY RANGE (made);
CREATE TABLE public.entries_old PARTITION OF public.entries FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE public.entries_new PARTITION OF public.entries FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
ALTER TABLE public.entries_new ADD CONSTRAINT of_old_account FOREIGN KEY (account) REFERENCES public.accounts_a (id) NOT VALID;
COMMENT ON CONSTRAINT of_account ON public.entries IS 'of whom';
CREATE TABLE public.flat (account integer, region text, FOREIGN KEY (region, account) REFERENCES public.accounts (region, id) DEFERRABLE);
