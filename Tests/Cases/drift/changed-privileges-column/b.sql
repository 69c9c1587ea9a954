GRANT SELECT (rolname) ON pg_authid TO reader;
