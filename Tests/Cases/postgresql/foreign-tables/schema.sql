CREATE SCHEMA app;
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw WITH SCHEMA app;
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (debug 'it''s on');
CREATE FOREIGN DATA WRAPPER mine HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE SERVER "Other" TYPE 'postgres' VERSION '15' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', dbname 'shop', port '5432');
CREATE FOREIGN TABLE app.passwd (
  name text OPTIONS (force_null 'true') NOT NULL,
  uid integer DEFAULT 7,
  home text COLLATE "C",
  CONSTRAINT uid_positive CHECK (uid >= 0)
) SERVER files OPTIONS (filename '/etc/passwd', format 'text', delimiter ':');
CREATE FOREIGN TABLE app.remote (id integer OPTIONS (column_name 'ID'), body text) SERVER "Other" OPTIONS (schema_name 'public', table_name 't');
ALTER FOREIGN TABLE app.remote ALTER body SET STATISTICS 5;
CREATE TABLE app.cut (id integer, body text) PARTITION BY RANGE (id);
CREATE FOREIGN TABLE app.cut_far PARTITION OF app.cut FOR VALUES FROM (0) TO (10) SERVER "Other";
CREATE TABLE app.cut_near PARTITION OF app.cut DEFAULT;
CREATE VIEW app.names AS SELECT name FROM app.passwd;
COMMENT ON FOREIGN TABLE app.passwd IS 'Users of the machine.';
COMMENT ON COLUMN app.passwd.uid IS 'Their number.';
COMMENT ON FOREIGN DATA WRAPPER mine IS 'wrapper';
COMMENT ON SERVER files IS 'server';
GRANT USAGE ON FOREIGN SERVER files TO PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER mine TO PUBLIC;
GRANT SELECT ON app.passwd TO PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER nothing TO writer;
CREATE SERVER lent FOREIGN DATA WRAPPER nothing;
ALTER SERVER lent OWNER TO writer;
