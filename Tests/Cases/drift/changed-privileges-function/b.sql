REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM PUBLIC;
