CREATE SCHEMA app;
CREATE TABLE app.busy (
  id integer PRIMARY KEY WITH (fillfactor = 80),
  body text,
  note text COMPRESSION pglz,
  state text NOT NULL,
  UNIQUE (state, id) WITH (deduplicate_items = false, fillfactor = 70)
) WITH (autovacuum_enabled = false, fillfactor = 70, toast.autovacuum_enabled = false, toast.autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE app.busy SET (parallel_workers = 4, user_catalog_table = true);
ALTER TABLE app.busy ALTER body SET STORAGE EXTERNAL, ALTER state SET STATISTICS 500;
ALTER TABLE app.busy ALTER state SET (n_distinct = -0.5, n_distinct_inherited = 7);
CREATE UNIQUE INDEX busy_state ON app.busy (state);
ALTER TABLE app.busy REPLICA IDENTITY USING INDEX busy_state;
ALTER TABLE app.busy CLUSTER ON busy_pkey;
CREATE TABLE app."Copied" (id integer, body text);
ALTER TABLE app."Copied" REPLICA IDENTITY FULL;
CREATE TABLE app.hidden (id integer);
ALTER TABLE app.hidden REPLICA IDENTITY NOTHING;
CREATE TABLE app.cut (id integer NOT NULL, k integer NOT NULL, body text, PRIMARY KEY (id, k)) PARTITION BY LIST (k);
CREATE TABLE app.cut_1 PARTITION OF app.cut FOR VALUES IN (1) WITH (fillfactor = 60);
CREATE TABLE app.cut_2 (id integer NOT NULL, k integer NOT NULL, body text);
ALTER TABLE app.cut_2 ALTER body SET STORAGE MAIN;
ALTER TABLE app.cut ATTACH PARTITION app.cut_2 FOR VALUES IN (2);
ALTER TABLE app.cut_1 CLUSTER ON cut_1_pkey;
ALTER TABLE app.cut_1 REPLICA IDENTITY USING INDEX cut_1_pkey;
COMMENT ON INDEX app.busy_pkey IS 'The index, not the key.';
COMMENT ON CONSTRAINT busy_pkey ON app.busy IS 'The key, not the index.';
COMMENT ON INDEX app.cut_pkey IS 'Of all partitions.';
CREATE TABLE app.rooms (
  id integer,
  during int4range,
  name text,
  CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&) INCLUDE (id, name) WITH (fillfactor = 50) WHERE (name <> '')
);
COMMENT ON INDEX app.one_at_a_time IS 'Behind it.';
CREATE VIEW app.v AS SELECT id, state, body FROM app.busy;
ALTER VIEW app.v ALTER state SET DEFAULT 'it''s new';
ALTER VIEW app.v ALTER id SET DEFAULT 7;
