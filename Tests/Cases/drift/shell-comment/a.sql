CREATE TYPE announced;
COMMENT ON TYPE announced IS 'soon';
