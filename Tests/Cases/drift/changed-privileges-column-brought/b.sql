REVOKE SELECT (subname) ON pg_subscription FROM PUBLIC;
