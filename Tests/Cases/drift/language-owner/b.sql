CREATE LANGUAGE mine HANDLER plpgsql_call_handler; ALTER LANGUAGE mine OWNER TO writer;
