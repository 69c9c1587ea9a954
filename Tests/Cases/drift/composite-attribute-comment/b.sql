CREATE TYPE pair AS (first integer, second text);
COMMENT ON COLUMN pair.first IS 'after';
