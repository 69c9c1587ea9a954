CREATE TYPE pair AS (second integer, first integer);
