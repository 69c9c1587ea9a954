CREATE TABLE events (id serial, at date) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events DEFAULT;
CREATE VIEW v AS SELECT id FROM events;
