CREATE TABLE public.t (gone date, id integer, name character varying, amount decimal(10,2));
ALTER TABLE public.t DROP COLUMN gone, ALTER name TYPE text, ALTER amount SET DEFAULT 0, ADD PRIMARY KEY (id);
