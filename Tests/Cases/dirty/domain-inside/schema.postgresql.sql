CREATE DOMAIN positive AS integer CONSTRAINT above CHECK (VALUE > 0);
CREATE DOMAIN given AS text NOT NULL;
CREATE TYPE pair AS (a positive, b text);
CREATE TABLE t (id integer PRIMARY KEY, list positive[], p pair, plain given);
