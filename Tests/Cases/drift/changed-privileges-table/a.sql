GRANT SELECT ON pg_authid TO reader;
