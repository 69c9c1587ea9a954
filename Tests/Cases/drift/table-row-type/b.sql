CREATE TYPE shape AS (a integer);
CREATE TABLE t OF shape;
