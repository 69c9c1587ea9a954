CREATE TYPE announced;
ALTER TYPE announced OWNER TO writer;
