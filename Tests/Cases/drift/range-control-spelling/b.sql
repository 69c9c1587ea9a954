CREATE TYPE words AS RANGE (subtype = pg_catalog.text);
CREATE TYPE intrange AS RANGE (subtype = integer);
