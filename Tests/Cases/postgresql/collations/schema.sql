CREATE DOMAIN public.posix_text AS text COLLATE "POSIX";
CREATE TABLE public.words (
  plain text,
  c text COLLATE "C",
  posix character varying(10) COLLATE "POSIX",
  unicode text COLLATE "und-x-icu" DEFAULT 'x' NOT NULL,
  many text[] COLLATE "C",
  domained public.posix_text,
  domained_otherwise public.posix_text COLLATE "C",
  UNIQUE (c, posix)
);
CREATE INDEX plain_c ON public.words (plain COLLATE "C");
CREATE INDEX c_default ON public.words (c COLLATE "default" DESC, plain);
CREATE INDEX lowered ON public.words (lower(c), lower(plain) COLLATE "POSIX", (plain || c COLLATE "und-x-icu"));
CREATE INDEX domained ON public.words (domained, domained_otherwise COLLATE "POSIX");
CREATE VIEW public.sorted AS SELECT plain COLLATE "C" AS plain FROM public.words ORDER BY unicode COLLATE "C";
