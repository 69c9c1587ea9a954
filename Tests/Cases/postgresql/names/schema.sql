CREATE TYPE public."Type" AS ENUM ('a');
CREATE DOMAIN public."order" AS integer CONSTRAINT "check" CHECK (VALUE > 0);
CREATE SEQUENCE public."Sequence ""1""";
CREATE TABLE public."user" (
  "select" integer CONSTRAINT "primary" PRIMARY KEY,
  "from" integer DEFAULT nextval('public."Sequence ""1"""'),
  "Mixed Case" text,
  "with ""quotes""" text,
  "it's" text,
  "größe" public."Type",
  "日本" public."order",
  "a.b" integer,
  "1st" integer,
  "$money" integer,
  "semi;colon" integer,
  "back\slash" integer,
  "percent%" integer,
  " space " integer,
  "new
line" integer,
  "table" integer,
  between_ integer,
  "a-b" integer CONSTRAINT "a-b > 0" CHECK ("a-b" > 0),
  CONSTRAINT "unique; really" UNIQUE ("from", "with ""quotes"""),
  CONSTRAINT "references" FOREIGN KEY ("from") REFERENCES public."user" ("select")
);
CREATE TABLE public."User" ("select" integer REFERENCES public."user", "OLD" integer, "new" integer);
CREATE TABLE public."name with a rather long tail, sixty-three bytes is the limit of" (id integer PRIMARY KEY);
CREATE INDEX "Index; --" ON public."user" ("with ""quotes""", lower("Mixed Case"), ("a.b" + "1st")) WHERE "it's" <> '--';
CREATE VIEW public."view" AS SELECT "select", "Mixed Case" AS "other ""name""" FROM public."user";
COMMENT ON COLUMN public."user"."with ""quotes""" IS 'it''s "quoted" \ and
$$two$$ lines; -- really';
COMMENT ON CONSTRAINT "unique; really" ON public."user" IS 'x';
COMMENT ON COLUMN public."view"."other ""name""" IS 'y';
