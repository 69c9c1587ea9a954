CREATE TYPE other AS (a integer);
CREATE TYPE pair AS (first integer, gone text, second text);
ALTER TYPE pair DROP ATTRIBUTE gone;
