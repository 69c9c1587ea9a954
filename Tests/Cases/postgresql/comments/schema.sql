CREATE EXTENSION citext;
CREATE SCHEMA s;
CREATE TYPE s.kind AS ENUM ('a');
CREATE DOMAIN s.positive AS integer CONSTRAINT above CHECK (VALUE > 0);
CREATE SEQUENCE s.numbers;
CREATE TABLE s.t (
  id integer CONSTRAINT t_key PRIMARY KEY,
  secret text CONSTRAINT t_secret UNIQUE,
  up integer CONSTRAINT t_up REFERENCES s.t,
  n integer CONSTRAINT t_n CHECK (n > 0),
  span int4range,
  CONSTRAINT t_span EXCLUDE USING gist (span WITH &&)
);
CREATE INDEX t_index ON s.t (n);
CREATE VIEW s.v AS SELECT id FROM s.t;
CREATE MATERIALIZED VIEW s.m AS SELECT id FROM s.t;
CREATE INDEX m_index ON s.m (id);
CREATE TABLE s.p (a integer, CONSTRAINT p_key PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE s.p_1 PARTITION OF s.p FOR VALUES IN (1);
COMMENT ON SCHEMA s IS '@owner team
a schema';
COMMENT ON TYPE s.kind IS '@deprecated 2026-12-01 use kinds';
COMMENT ON DOMAIN s.positive IS '@unknown tag, kept as it is';
COMMENT ON CONSTRAINT above ON DOMAIN s.positive IS 'above';
COMMENT ON SEQUENCE s.numbers IS 'numbers';
COMMENT ON TABLE s.t IS '@owner billing
@tag
several lines,

an empty one, a tab	and quotes '' " \ $$';
COMMENT ON COLUMN s.t.secret IS '@sensitive email';
COMMENT ON COLUMN s.t.id IS ' spaces around ';
COMMENT ON CONSTRAINT t_key ON s.t IS 'key';
COMMENT ON CONSTRAINT t_secret ON s.t IS 'unique';
COMMENT ON CONSTRAINT t_up ON s.t IS '@orphans quarantine legacy rows from the 2019 import';
COMMENT ON CONSTRAINT t_n ON s.t IS 'check';
COMMENT ON CONSTRAINT t_span ON s.t IS 'exclusion';
COMMENT ON INDEX s.t_index IS 'index';
COMMENT ON VIEW s.v IS 'view';
COMMENT ON COLUMN s.v.id IS 'view column';
COMMENT ON MATERIALIZED VIEW s.m IS 'materialized view';
COMMENT ON COLUMN s.m.id IS 'materialized view column';
COMMENT ON INDEX s.m_index IS 'index of a materialized view';
COMMENT ON TABLE s.p IS 'partitioned';
COMMENT ON TABLE s.p_1 IS 'partition';
COMMENT ON COLUMN s.p_1.a IS 'column of a partition';
COMMENT ON CONSTRAINT p_key ON s.p IS 'key of a partitioned table';
