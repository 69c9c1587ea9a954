CREATE TYPE pair AS (first integer);
ALTER TYPE pair OWNER TO writer;
