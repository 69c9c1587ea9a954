CREATE TYPE public.mood AS ENUM ('sad', 'happy');
CREATE DOMAIN public.amount AS numeric(10,2);
CREATE SCHEMA app;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR date LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION date_recv(internal));
CREATE FUNCTION public.plain() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.over(x integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT x';
CREATE FUNCTION public.over(x text) RETURNS text LANGUAGE sql STABLE PARALLEL RESTRICTED LEAKPROOF AS $_$SELECT x || '$$' || '$body$'$_$;
CREATE FUNCTION public.over(text, VARIADIC integer[] DEFAULT '{1}') RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION app.defaults(a integer, b text DEFAULT 'x, y', OUT c text, c2 public.mood DEFAULT 'sad', INOUT d date DEFAULT CURRENT_DATE)
  RETURNS record LANGUAGE plpgsql AS $$
-- A comment, and  white   space
BEGIN
  c := b;
END
$$;
CREATE FUNCTION app.one_out(a integer, OUT b public.amount) LANGUAGE plpgsql AS $$BEGIN b := a; END$$;
CREATE FUNCTION app.as_table(a integer) RETURNS TABLE (id integer, "Name" text) LANGUAGE sql ROWS 20 COST 7.5 AS $$SELECT 1, 'a'$$;
CREATE FUNCTION app.as_set() RETURNS SETOF integer LANGUAGE sql AS 'VALUES (1), (2)';
CREATE FUNCTION app.secure() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path TO app, "Odd, ""one""", pg_temp SET work_mem TO '7MB' AS 'BEGIN END';
CREATE FUNCTION app.no_path() RETURNS void LANGUAGE plpgsql SET search_path TO '' AS 'BEGIN END';
CREATE FUNCTION app.own_setting() RETURNS void LANGUAGE plpgsql SET "my.setting" TO 'it''s, "so"' AS 'BEGIN END';
CREATE FUNCTION app."Odd (name"("Arg" integer) RETURNS integer LANGUAGE sql AS 'SELECT "Arg"';
CREATE FUNCTION app.standard(x integer, y text DEFAULT 'a') RETURNS integer LANGUAGE sql RETURN (x + length(y));
CREATE FUNCTION app.atomic(x integer) RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT x; SELECT x + 1; END;
CREATE FUNCTION app.row_number() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION app.trim_it(text) RETURNS text LANGUAGE internal IMMUTABLE STRICT COST 3 AS 'btrim1';
CREATE FUNCTION app.alike(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT textlike_support AS 'textlike';
CREATE FUNCTION app.from_c(cstring) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE FUNCTION app.dollar_end() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN ''$''; END --$';
CREATE FUNCTION app.poly(anyelement, anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE PROCEDURE app.work(IN a integer, b text DEFAULT NULL) LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
CREATE PROCEDURE app.out(IN a integer, OUT b text, INOUT c integer) LANGUAGE plpgsql AS 'BEGIN b := a; END';
CREATE PROCEDURE app.out(IN a integer, OUT b integer, INOUT c text) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN b := a; END';
COMMENT ON FUNCTION app."Odd (name"(integer) IS 'odd';
COMMENT ON PROCEDURE app.work(integer, text) IS '@owner jobs
works';
COMMENT ON PROCEDURE app.out(IN a integer, OUT b text, INOUT c integer) IS 'out';
REVOKE EXECUTE ON FUNCTION app.secure() FROM PUBLIC;
CREATE PROCEDURE app.plain() LANGUAGE sql TRANSFORM FOR TYPE integer SET work_mem TO '8MB' AS 'SELECT 1';
CREATE FUNCTION app.transformed(integer, date) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer, FOR TYPE date AS 'SELECT 1';
REVOKE EXECUTE ON PROCEDURE app.out(IN a integer, OUT b integer, INOUT c text) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE app.out(IN a integer, OUT b integer, INOUT c text) TO reader WITH GRANT OPTION;
ALTER PROCEDURE app.plain() OWNER TO writer;
ALTER FUNCTION app.as_set() OWNER TO writer;
