CREATE FUNCTION public.f() RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
