CREATE EXTENSION citext;
REVOKE SELECT (subname) ON pg_subscription FROM PUBLIC;
GRANT SELECT (subname) ON pg_subscription TO PUBLIC;
