/// One object of every kind that is seen and not compared.
enum PostgresUncomparedKinds {
  typealias Kind = PostgresNotComparedTests.Kind

  static var all: [Kind] {
    routines + rules + foreign + tables + rights + surroundings
  }

  private static let routines = [
    Kind("large objects, which are data", ["4711"], "SELECT lo_create(4711)")
  ]

  private static let rules = [
    Kind(
      "disabled triggers of exclusion constraints, or of a partition's share of a key", ["du_key"],
      "CREATE TABLE app.du (id integer, CONSTRAINT du_key EXCLUDE (id WITH =) DEFERRABLE); ALTER TABLE app.du DISABLE TRIGGER ALL"
    )
  ]

  private static let foreign = [
    Kind(
      "options of user mappings that this role may not see", ["public on srv"],
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw; CREATE USER MAPPING FOR PUBLIC SERVER srv OPTIONS (password 'x')",
      isSeenBySuperusers: true)
  ]

  private static let tables = [
    Kind(
      "comments on types that go along with others", ["app.span_multirange", "app.t", "app.t[]"],
      """
      CREATE TYPE app.span AS RANGE (subtype = integer, multirange_type_name = app.span_multirange);
      COMMENT ON TYPE app.span_multirange IS 'c'; COMMENT ON TYPE app.t IS 'c'; COMMENT ON TYPE app._t IS 'c';
      COMMENT ON TYPE app.span IS 'modelled'
      """),
    Kind(
      "comments on triggers of constraints, and on rules that make views",
      ["\"_RETURN\" on app.v", "child_p_k_fkey1 on app.child_p", "tell on app.t"],
      """
      CREATE FUNCTION app.tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER tell AFTER INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.tell();
      CREATE TABLE app.child_p (k integer REFERENCES app.p);
      COMMENT ON CONSTRAINT child_p_k_fkey1 ON app.child_p IS 'c';
      COMMENT ON CONSTRAINT tell ON app.t IS 'c'; COMMENT ON TRIGGER tell ON app.t IS 'modelled';
      COMMENT ON RULE "_RETURN" ON app.v IS 'c'
      """),
    Kind(
      "partitions that are being detached", ["app.p_1"],
      "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'app.p_1'::regclass"),
  ]

  private static let rights = [
    Kind("grants on types", ["app.t"], "REVOKE USAGE ON TYPE app.t FROM PUBLIC")
  ]

  /// Of the server and of its own schemas.
  private static let surroundings = [
    Kind(
      "objects of users in schemas of the system", ["evil()"],
      """
      CREATE FUNCTION pg_catalog.evil() RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE OR REPLACE VIEW information_schema.enabled_roles AS
        SELECT 'x'::information_schema.sql_identifier AS role_name
      """),
    Kind(
      "languages that every new database has, and this one lacks", ["plpgsql"],
      "DROP EXTENSION plpgsql CASCADE"),
    Kind("settings of every role in every database", ["work_mem"], "ALTER ROLE ALL SET work_mem = '9MB'"),
    Kind(
      "options, grants and comments of tablespaces", ["pg_default"],
      "ALTER TABLESPACE pg_default SET (random_page_cost = 2)"),
    Kind(
      "whether the database is a template", ["it is"],
      "UPDATE pg_database SET datistemplate = true WHERE datname = current_database()"),
    Kind(
      "security labels of the database", ["guard"],
      """
      INSERT INTO pg_shseclabel SELECT oid, 'pg_database'::regclass, 'guard', 'secret' FROM pg_database
      WHERE datname = current_database()
      """),
    Kind(
      "parameters that everybody may set", ["log_statement"], "GRANT SET ON PARAMETER log_statement TO PUBLIC"
    ),
  ]
}
