CREATE LANGUAGE mine HANDLER plpgsql_call_handler; COMMENT ON LANGUAGE mine IS 'x';
