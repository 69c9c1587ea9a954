CREATE TABLE p (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE c (b integer GENERATED ALWAYS AS (a * 2) STORED, a integer);
