CREATE SCHEMA ext;
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist WITH SCHEMA ext;
CREATE EXTENSION pg_trgm WITH SCHEMA ext;
CREATE DOMAIN public.email AS public.citext CHECK (VALUE OPERATOR(public.~) '@'::public.citext);
CREATE TABLE public.people (
  id integer PRIMARY KEY,
  email public.email UNIQUE,
  nickname public.citext,
  nicknames public.citext[],
  biography text
);
CREATE INDEX biography_words ON public.people USING gin (biography ext.gin_trgm_ops);
CREATE INDEX biography_near ON public.people USING gist (biography ext.gist_trgm_ops);
-- The default class of another type than the column's: a unique index that tells cases apart.
CREATE UNIQUE INDEX nickname_as_written ON public.people (nickname text_ops);
