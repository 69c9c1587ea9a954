/// One object of every kind that is seen and not compared.
enum PostgresUncomparedKinds {
  typealias Kind = PostgresNotComparedTests.Kind

  static var all: [Kind] {
    routines + rules + foreign + replication + tables + columns + rights
  }

  private static let routines = [
    Kind(
      "operators", ["app.<+>"],
      "CREATE OPERATOR app.<+> (leftarg = integer, rightarg = integer, function = int4pl)"),
    Kind(
      "operator classes", ["app.c"],
      "CREATE OPERATOR FAMILY app.y USING btree; CREATE OPERATOR CLASS app.c FOR TYPE uuid USING btree FAMILY app.y AS FUNCTION 1 uuid_cmp(uuid, uuid)",
      with: ["operator families"]),
    Kind("operator families", ["app.y"], "CREATE OPERATOR FAMILY app.y USING btree"),
    Kind("casts", ["app.mood as integer"], "CREATE CAST (app.mood AS integer) WITH INOUT"),
    Kind("languages", ["mine"], "CREATE LANGUAGE mine HANDLER plpgsql_call_handler"),
    Kind(
      "transforms", ["integer"],
      "CREATE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal))"
    ),
    Kind(
      "access methods", ["heap_too"], "CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler"),
    Kind("conversions", ["app.v"], "CREATE CONVERSION app.v FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"),
    Kind("large objects, which are data", ["4711"], "SELECT lo_create(4711)"),
  ]

  private static let rules = [
    Kind(
      "triggers", ["tr on app.t"],
      "CREATE TRIGGER tr BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    Kind(
      "event triggers", ["et"],
      "CREATE FUNCTION app.e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION app.e()"
    ),
    Kind("rules", ["ru on app.v"], "CREATE RULE ru AS ON INSERT TO app.v DO INSTEAD NOTHING"),
    Kind("disabled foreign key triggers", ["child_t"], "ALTER TABLE app.child DISABLE TRIGGER ALL"),
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
      "storage parameters", ["app.m", "app.p_1_pkey"],
      """
      UPDATE pg_class SET reloptions = '{autovacuum_enabled=false}'
      WHERE oid = (SELECT reltoastrelid FROM pg_class WHERE oid = 'app.m'::regclass);
      ALTER INDEX app.p_1_pkey SET (fillfactor = 50)
      """),
    Kind(
      "materialized views or indexes of partitions in a tablespace", ["app.m", "app.p_1_pkey"],
      "UPDATE pg_class SET reltablespace = 1664 WHERE oid IN ('app.m'::regclass, 'app.p_1_pkey'::regclass)"),
    Kind(
      "materialized views with an access method of their own", ["app.am"],
      "CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler; CREATE MATERIALIZED VIEW app.am USING heap_too AS SELECT 1 AS a",
      with: ["access methods"]),
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
      CREATE EXTENSION file_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER file_fdw TO PUBLIC;
      REVOKE EXECUTE ON FUNCTION pg_sleep FROM PUBLIC; REVOKE EXECUTE ON FUNCTION app.citext_larger FROM PUBLIC;
      GRANT SELECT ON pg_authid TO not_compared_reader; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC
      """),
  ]
}
