-- What is set for the database as a whole, and for what is made later.
CREATE SCHEMA app;
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET search_path = "$user", app, "odd, schema"', current_database());
  EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''70s''', current_database());
  EXECUTE format('ALTER DATABASE %I SET app.motto = ''100%% it''''s''', current_database());
  EXECUTE format('ALTER ROLE reader IN DATABASE %I SET work_mem = ''5MB''', current_database());
  EXECUTE format('ALTER ROLE reader IN DATABASE %I SET search_path = ''''', current_database());
  EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 90', current_database());
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO reader WITH GRANT OPTION', current_database());
  EXECUTE format('COMMENT ON DATABASE %I IS ''50%% full, it''''s said''', current_database());
END $$;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE, SELECT ON SEQUENCES TO writer WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE auditor GRANT USAGE ON TYPES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE auditor REVOKE ALL ON SCHEMAS FROM auditor;
