CREATE TYPE pair AS (first integer);
COMMENT ON TYPE pair IS 'after';
