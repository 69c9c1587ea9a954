GRANT CREATE ON SCHEMA pg_catalog TO writer;
