CREATE EXTENSION citext;
GRANT SELECT ON pg_authid TO reader;
REVOKE SELECT ON pg_authid FROM reader;
REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO PUBLIC;
