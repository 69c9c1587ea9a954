CREATE TYPE pair AS (first int4, second pg_catalog.text);
CREATE TYPE other AS (a int);
REVOKE USAGE ON TYPE pair FROM PUBLIC;
GRANT USAGE ON TYPE pair TO PUBLIC;
COMMENT ON TYPE pair IS '';
