CREATE TYPE pair AS (first integer);
