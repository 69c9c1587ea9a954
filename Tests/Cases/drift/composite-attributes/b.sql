CREATE TYPE pair AS (first integer, second varchar(20));
