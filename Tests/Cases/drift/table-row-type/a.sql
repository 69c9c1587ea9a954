CREATE TYPE shape AS (a integer);
CREATE TABLE t (a integer);
