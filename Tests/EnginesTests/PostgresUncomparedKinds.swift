/// One object of every kind that is seen and not compared.
enum PostgresUncomparedKinds {
  typealias Kind = PostgresNotComparedTests.Kind

  static var all: [Kind] {
    routines + rules + foreign + replication + tables + columns + rights
  }

  private static let routines = [
    Kind("large objects, which are data", ["4711"], "SELECT lo_create(4711)")
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

  private static let foreign = [
    Kind(
      "values of options of user mappings", ["public on srv"],
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw; CREATE USER MAPPING FOR PUBLIC SERVER srv OPTIONS (password 'x')"
    ),
    Kind(
      "values of options that may be secrets", ["app.ft", "fdw", "srv"],
      """
      CREATE FOREIGN DATA WRAPPER fdw OPTIONS (token 'x'); CREATE SERVER srv FOREIGN DATA WRAPPER fdw OPTIONS (api_key 'x');
      CREATE FOREIGN TABLE app.ft (a integer) SERVER srv OPTIONS (secret 'x')
      """),
  ]

  private static let replication = [
    Kind(
      "connections of subscriptions, and whether they are enabled", ["sub"],
      "CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere' PUBLICATION pub WITH (connect = false)")
  ]

  private static let tables = [
    Kind(
      "storage parameters of the TOAST tables of materialized views", ["app.m"],
      """
      UPDATE pg_class SET reloptions = '{autovacuum_enabled=false}'
      WHERE oid = (SELECT reltoastrelid FROM pg_class WHERE oid = 'app.m'::regclass)
      """),
    Kind(
      "storage parameters of a partition's share of an index", ["app.p_1_pkey"],
      "ALTER INDEX app.p_1_pkey SET (fillfactor = 50)"),
    Kind(
      "materialized views in a tablespace", ["app.m"],
      "UPDATE pg_class SET reltablespace = 1664 WHERE oid = 'app.m'::regclass"),
    Kind(
      "indexes of partitions in a tablespace", ["app.p_1_pkey"],
      "UPDATE pg_class SET reltablespace = 1664 WHERE oid = 'app.p_1_pkey'::regclass"),
    Kind(
      "materialized views with an access method of their own", ["app.am"],
      "CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler; CREATE MATERIALIZED VIEW app.am USING heap_too AS SELECT 1 AS a"
    ),
    Kind(
      "materialized views clustered on an index", ["app.m"],
      "CREATE INDEX m_id ON app.m (id); ALTER MATERIALIZED VIEW app.m CLUSTER ON m_id"),
    Kind(
      "statistics targets of index expressions", ["app.p_1_expr_idx"],
      "CREATE INDEX p_expr ON app.p ((k + 1)); ALTER INDEX app.p_1_expr_idx ALTER COLUMN 1 SET STATISTICS 10"),
    Kind(
      "partitions that are being detached", ["app.p_1"],
      "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'app.p_1'::regclass"),
    Kind(
      "comments on a partition's share of an index or constraint", ["app.p_1_pkey", "p_1_pkey on app.p_1"],
      """
      COMMENT ON INDEX app.t_pkey IS 'modelled'; COMMENT ON INDEX app.p_1_pkey IS 'c';
      COMMENT ON CONSTRAINT p_1_pkey ON app.p_1 IS 'd'; COMMENT ON CONSTRAINT t_pkey ON app.t IS 'modelled'
      """),
  ]

  private static let columns = [
    Kind(
      "storage of columns of materialized views", ["app.m.body", "app.m.name"],
      "ALTER MATERIALIZED VIEW app.m ALTER body SET STORAGE EXTERNAL; ALTER MATERIALIZED VIEW app.m ALTER name SET COMPRESSION pglz"
    ),
    Kind(
      "statistics targets and options of columns of materialized views", ["app.m.body", "app.m.name"],
      "ALTER MATERIALIZED VIEW app.m ALTER body SET STATISTICS 5, ALTER name SET (n_distinct = 7)"),
  ]

  private static let rights = [
    Kind("grants on types", ["app.t"], "REVOKE USAGE ON TYPE app.t FROM PUBLIC"),
    Kind(
      "grants on objects of PostgreSQL or of extensions",
      [
        "app.citext_larger(app.citext,app.citext)", "file_fdw", "pg_authid", "pg_sleep(double precision)",
        "plpgsql",
      ],
      """
      CREATE EXTENSION file_fdw WITH SCHEMA app; GRANT USAGE ON FOREIGN DATA WRAPPER file_fdw TO PUBLIC;
      REVOKE EXECUTE ON FUNCTION pg_sleep FROM PUBLIC; REVOKE EXECUTE ON FUNCTION app.citext_larger FROM PUBLIC;
      GRANT SELECT ON pg_authid TO not_compared_reader; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC
      """),
  ]
}
