/// One object of every kind that is seen and not compared.
enum PostgresUncomparedKinds {
  typealias Kind = PostgresNotComparedTests.Kind

  static var all: [Kind] {
    routines + types + rules + search + foreign + replication + tables + columns + rights
  }

  private static let routines = [
    Kind("collations", ["app.\"Own\""], "CREATE COLLATION app.\"Own\" (provider = icu, locale = 'de')"),
    Kind("statistics objects", ["app.st"], "CREATE STATISTICS app.st ON id, name FROM app.t"),
    Kind("large objects", ["4711"], "SELECT lo_create(4711)"),
  ]

  private static let types = [
    Kind("range types", ["app.r"], "CREATE TYPE app.r AS RANGE (subtype = integer)"),
    Kind("composite types", ["app.k"], "CREATE TYPE app.k AS (a integer, b text)"),
    Kind("shell types", ["app.sh"], "CREATE TYPE app.sh"),
    Kind(
      "base types", ["app.b"],
      """
      CREATE TYPE app.b;
      CREATE FUNCTION app.b_in(cstring) RETURNS app.b LANGUAGE internal IMMUTABLE STRICT AS 'textin';
      CREATE FUNCTION app.b_out(app.b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
      CREATE TYPE app.b (input = app.b_in, output = app.b_out, internallength = 8, element = integer, subscript = raw_array_subscript_handler)
      """),
  ]

  private static let rules = [
    Kind(
      "disabled triggers of keys, or of a partition's share of a foreign key", ["du_key"],
      "CREATE TABLE app.du (id integer CONSTRAINT du_key UNIQUE DEFERRABLE); ALTER TABLE app.du DISABLE TRIGGER ALL"
    ),
    Kind(
      "objects that go with an extension", ["function app.goes()"],
      "CREATE FUNCTION app.goes() RETURNS integer LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION app.goes() DEPENDS ON EXTENSION citext"
    ),
  ]

  private static let search = [
    Kind(
      "text search configurations", ["app.cfg"],
      "CREATE TEXT SEARCH CONFIGURATION app.cfg (copy = pg_catalog.simple)"),
    Kind(
      "text search dictionaries", ["app.dict"],
      "CREATE TEXT SEARCH DICTIONARY app.dict (template = pg_catalog.simple)"),
    Kind(
      "text search parsers", ["app.pa"],
      "CREATE TEXT SEARCH PARSER app.pa (start = prsd_start, gettoken = prsd_nexttoken, \"end\" = prsd_end, lextypes = prsd_lextype)"
    ),
    Kind(
      "text search templates", ["app.te"],
      "CREATE TEXT SEARCH TEMPLATE app.te (init = dsimple_init, lexize = dsimple_lexize)"),
  ]

  private static let foreign = [
    Kind("foreign data wrappers", ["fdw"], "CREATE FOREIGN DATA WRAPPER fdw"),
    Kind(
      "foreign servers", ["srv"],
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw",
      with: ["foreign data wrappers"]),
    Kind(
      "user mappings", ["public on srv"],
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw; CREATE USER MAPPING FOR PUBLIC SERVER srv",
      with: ["foreign data wrappers", "foreign servers"]),
    Kind(
      "foreign tables", ["app.ft"],
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw; CREATE FOREIGN TABLE app.ft (a integer) SERVER srv",
      with: ["foreign data wrappers", "foreign servers"]),
  ]

  private static let replication = [
    Kind("publications", ["pub"], "CREATE PUBLICATION pub FOR TABLE app.t"),
    Kind(
      "subscriptions", ["sub"],
      "CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere' PUBLICATION pub WITH (connect = false)"),
    Kind("tables with a replica identity of their own", ["app.t"], "ALTER TABLE app.t REPLICA IDENTITY FULL"),
  ]

  private static let tables = [
    Kind("tables that inherit", ["app.heir"], "CREATE TABLE app.heir (extra integer) INHERITS (app.t)"),
    Kind(
      "typed tables", ["app.ty"], "CREATE TYPE app.k AS (a integer); CREATE TABLE app.ty OF app.k",
      with: ["composite types"]),
    Kind(
      "storage parameters", ["app.child", "app.t", "app.t_name"],
      "ALTER TABLE app.t SET (toast.autovacuum_enabled = false); ALTER TABLE app.child SET (fillfactor = 50); ALTER INDEX app.t_name SET (fillfactor = 50)"
    ),
    Kind(
      "tables or indexes in a tablespace", ["app.t_name"],
      "UPDATE pg_class SET reltablespace = 1664 WHERE oid = 'app.t_name'::regclass"),
    Kind(
      "tables with an access method of their own", ["app.am"],
      "CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE app.am (a integer) USING heap_too"
    ),
    Kind("clustered indexes", ["app.t_name"], "ALTER TABLE app.t CLUSTER ON t_name"),
    Kind(
      "operator class options", ["app.with_options"],
      "CREATE INDEX with_options ON app.t USING gist (to_tsvector('simple', body) tsvector_ops (siglen = 100))"
    ),
    Kind(
      "statistics targets of index expressions", ["app.t_name"],
      "ALTER INDEX app.t_name ALTER COLUMN 2 SET STATISTICS 10"),
    Kind(
      "exclusion constraints that include columns", ["app.ex_span_id_excl"],
      "CREATE TABLE app.ex (id integer, span int4range, EXCLUDE USING gist (span WITH &&) INCLUDE (id))"),
    Kind(
      "partitions that are being detached", ["app.p_1"],
      "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'app.p_1'::regclass"),
    Kind(
      "comments on what belongs to another object",
      ["app.counted_id_seq", "app.p_1_pkey", "app.t_pkey", "p_1_pkey on app.p_1"],
      """
      COMMENT ON INDEX app.t_pkey IS 'a'; COMMENT ON SEQUENCE app.counted_id_seq IS 'b'; COMMENT ON INDEX app.p_1_pkey IS 'c';
      COMMENT ON CONSTRAINT p_1_pkey ON app.p_1 IS 'd'; COMMENT ON CONSTRAINT t_pkey ON app.t IS 'modelled'
      """),
  ]

  private static let columns = [
    Kind("column storage", ["app.t.body"], "ALTER TABLE app.t ALTER body SET STORAGE EXTERNAL"),
    Kind("column compression", ["app.t.body"], "ALTER TABLE app.t ALTER body SET COMPRESSION pglz"),
    Kind(
      "column statistics targets and options", ["app.t.body", "app.t.name"],
      "ALTER TABLE app.t ALTER body SET STATISTICS 5, ALTER name SET (n_distinct = 7)"),
    Kind("defaults of view columns", ["app.v.name"], "ALTER VIEW app.v ALTER name SET DEFAULT 'x'"),
    Kind(
      "identity sequences with a name of their own", ["app.own"],
      "CREATE TABLE app.numbered (id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME app.own))"),
  ]

  private static let rights = [
    Kind(
      "grants on foreign tables", ["app.far"],
      """
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;
      CREATE FOREIGN TABLE app.far (id integer) SERVER far; GRANT SELECT ON app.far TO not_compared_reader
      """, with: ["foreign data wrappers", "foreign servers", "foreign tables"]),
    Kind(
      "foreign tables of another owner than the database's", ["app.far"],
      """
      CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;
      CREATE FOREIGN TABLE app.far (id integer) SERVER far; ALTER FOREIGN TABLE app.far OWNER TO not_compared_owner
      """, with: ["foreign data wrappers", "foreign servers", "foreign tables"]),
    Kind(
      "grants on sequences of identity columns", ["app.serials_id_seq"],
      """
      CREATE TABLE app.serials (id integer GENERATED ALWAYS AS IDENTITY);
      GRANT SELECT ON SEQUENCE app.serials_id_seq TO not_compared_reader
      """),
    Kind(
      "grants on types", ["app.pair"],
      "CREATE TYPE app.pair AS (a integer, b integer); REVOKE USAGE ON TYPE app.pair FROM PUBLIC",
      with: ["composite types"]),
    Kind(
      "grants on objects of PostgreSQL or of extensions",
      ["app.citext_larger(app.citext,app.citext)", "pg_authid", "pg_sleep(double precision)", "plpgsql"],
      """
      REVOKE EXECUTE ON FUNCTION pg_sleep FROM PUBLIC; REVOKE EXECUTE ON FUNCTION app.citext_larger FROM PUBLIC;
      GRANT SELECT ON pg_authid TO not_compared_reader; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC
      """),
  ]
}
