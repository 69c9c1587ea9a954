CREATE TYPE pair AS (first integer, second text);
