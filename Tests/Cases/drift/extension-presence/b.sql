CREATE SCHEMA tools; CREATE EXTENSION pg_trgm SCHEMA tools; CREATE EXTENSION hstore;
CREATE TABLE t (a text);
CREATE INDEX t_a ON t USING gin (a tools.gin_trgm_ops);
