CREATE SCHEMA billing;
COMMENT ON SCHEMA billing IS '@owner finance
Invoices and what was paid.';
CREATE SCHEMA "Überblick";
CREATE SCHEMA "select";
CREATE SCHEMA "with ""quotes"" and spaces";
COMMENT ON SCHEMA public IS 'ours now';
-- The same name in every schema.
CREATE TABLE billing.t (id integer PRIMARY KEY);
CREATE TABLE "Überblick".t (id integer PRIMARY KEY, billing_id integer REFERENCES billing.t);
CREATE TABLE "select".t (id integer PRIMARY KEY, other integer REFERENCES "Überblick".t);
CREATE TABLE "with ""quotes"" and spaces".t (id integer REFERENCES "select".t);
CREATE VIEW "Überblick".all_of_them AS
  SELECT b.id FROM billing.t b JOIN "select".t s ON s.other = b.id;
