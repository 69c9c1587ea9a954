CREATE TABLE public.no_columns ();
CREATE TABLE public.once_wide (gone integer, a integer, gone_too text, b text DEFAULT 'b', c integer);
ALTER TABLE public.once_wide DROP COLUMN gone, DROP COLUMN gone_too;
ALTER TABLE public.once_wide ADD COLUMN gone text;
ALTER TABLE public.once_wide ADD CONSTRAINT late CHECK (a < c), ADD PRIMARY KEY (c, a);
CREATE INDEX once_wide_b ON public.once_wide (b, gone);
CREATE TABLE public.refers (c integer, a integer, FOREIGN KEY (c, a) REFERENCES public.once_wide);
CREATE TABLE public.one_column (a integer);
