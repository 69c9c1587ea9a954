CREATE SCHEMA shop;
CREATE TYPE shop.empty AS ();
CREATE TYPE shop."Money" AS (amount numeric(12,2), currency character(3) COLLATE "C");
CREATE DOMAIN shop.fair AS shop."Money" CHECK ((VALUE).amount >= 0);
-- Named before what it is made of.
CREATE TYPE shop.zone AS (name text, "top left" point);
CREATE TYPE shop.area AS (zones shop.zone[], price shop.fair, since timestamp(3) with time zone, dropped integer);
ALTER TYPE shop.area DROP ATTRIBUTE dropped;
ALTER TYPE shop.area ADD ATTRIBUTE note text;
CREATE TABLE shop.halls (id integer PRIMARY KEY, area shop.area, floors shop.zone[]);
-- A composite type of a table's rows.
CREATE TYPE shop.pair AS (hall shop.halls, other shop.halls[]);
COMMENT ON TYPE shop.zone IS 'A part of a hall.';
COMMENT ON COLUMN shop.zone."top left" IS 'Seen from the door.';
REVOKE USAGE ON TYPE shop.area FROM PUBLIC;
ALTER TYPE shop.pair OWNER TO writer;
