import SchemaModel
import SchemaText

/// Makes the empty database that an archive is restored into, and the roles it names.
package enum PostgresDatabaseSetup {
  /// Creates roles that do not exist; they cannot log in.
  ///
  /// - Parameter place: a database of the server, connected as a role that may create roles.
  package static func createMissingRoles(
    _ roles: [String], on place: PostgresConnectionString
  ) throws(EngineError) {
    let connection = try PostgresConnection(place, for: .staging)
    for role in try missingRoles(roles, on: connection) {
      try connection.execute("CREATE ROLE \(SQLDialect.postgreSQL.identifier(role)) NOLOGIN")
    }
  }

  /// Those of the roles that the server does not have.
  package static func missingRoles(
    _ roles: [String], on place: PostgresConnectionString
  ) throws(EngineError) -> [String] {
    try missingRoles(roles, on: try PostgresConnection(place, for: .reading(statementSeconds: 60)))
  }

  private static func missingRoles(
    _ roles: [String], on connection: PostgresConnection
  ) throws(EngineError) -> [String] {
    let existing = Set(
      try connection.rows("SELECT rolname FROM pg_roles").compactMap { $0.first.flatMap { $0 } })
    return roles.filter { !existing.contains($0) }
  }

  /// Creates an empty database with the locale the archive's database had.
  ///
  /// - Returns: a note when the locale is not installed on this machine and another was taken.
  package static func createDatabase(
    _ name: String, locale: DatabaseLocale?, on place: PostgresConnectionString
  ) throws(EngineError) -> String? {
    let connection = try PostgresConnection(place, for: .staging)
    let identifier = SQLDialect.postgreSQL.identifier(name)
    guard let locale else {
      try connection.execute("CREATE DATABASE \(identifier) TEMPLATE template0")
      return nil
    }
    var settings = """
      ENCODING \(SQLDialect.postgreSQL.literal(locale.encoding)) LC_COLLATE \(SQLDialect.postgreSQL.literal(locale.collate)) \
      LC_CTYPE \(SQLDialect.postgreSQL.literal(locale.characterType))
      """
    if let icu = locale.icuLocale {
      settings += " LOCALE_PROVIDER icu ICU_LOCALE \(SQLDialect.postgreSQL.literal(icu))"
    }
    do {
      try connection.execute("CREATE DATABASE \(identifier) TEMPLATE template0 \(settings)")
      return nil
    } catch  where error.message.contains("locale") || error.message.contains("encoding") {
      let substitute = locale.encoding == "UTF8" ? "C.UTF-8" : "C"
      try connection.execute(
        """
        CREATE DATABASE \(identifier) TEMPLATE template0 ENCODING \(SQLDialect.postgreSQL.literal(locale.encoding)) \
        LC_COLLATE '\(substitute)' LC_CTYPE '\(substitute)'
        """)
      return
        "locale \(locale.collate) is not installed here; \(substitute) was used, so text sorts differently"
    }
  }

  /// Drops a database that we made, and ends what is left of the sessions in it; also after an interruption.
  ///
  /// - Parameter place: another database of the server.
  package static func dropDatabase(_ name: String, on place: PostgresConnectionString) throws(EngineError) {
    let connection = try PostgresConnection(place, for: .staging, whenInterrupted: .finish)
    // A program that was stopped leaves a session behind that notices it only when its statement ends.
    try connection.execute(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(SQLDialect.postgreSQL.literal(name))"
    )
    try connection.execute("DROP DATABASE IF EXISTS \(SQLDialect.postgreSQL.identifier(name))")
  }

  /// How many tables, views, sequences and functions the user has in the database: 0 means it is empty.
  package static func objectCount(on place: PostgresConnectionString) throws(EngineError) -> Int {
    let connection = try PostgresConnection(place, for: .reading(statementSeconds: 60))
    let rows = try connection.rows(
      """
      SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND \(PostgresCatalog.isFree(catalog: "pg_class", oid: "c.oid")))
        + (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND \(PostgresCatalog.isFree(catalog: "pg_proc", oid: "p.oid")))
      """)
    return rows.first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }

  /// Drops every schema of the user and makes an empty `public`: only after its name was confirmed.
  package static func emptyDatabase(at place: PostgresConnectionString) throws(EngineError) {
    let connection = try PostgresConnection(place, for: .restoring)
    let schemas = try connection.rows(
      "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'")
    let extensions = try connection.rows("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'")
    try connection.execute("BEGIN")
    for name in extensions.compactMap({ $0.first.flatMap { $0 } }) {
      try connection.execute("DROP EXTENSION IF EXISTS \(SQLDialect.postgreSQL.identifier(name)) CASCADE")
    }
    for name in schemas.compactMap({ $0.first.flatMap { $0 } }) {
      try connection.execute("DROP SCHEMA \(SQLDialect.postgreSQL.identifier(name)) CASCADE")
    }
    try connection.execute(dropWhatHasNoSchema)
    // As initdb makes it since PostgreSQL 15.
    try connection.execute(
      """
      CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;
      COMMENT ON SCHEMA public IS 'standard public schema'; COMMIT
      """)
  }

  /// Objects that stand in no schema, default privileges, and what is set for the database as a whole.
  private static let dropWhatHasNoSchema = """
    DO $plumb$
    DECLARE item record; whose text; grantee name;
    BEGIN
      FOR item IN
        SELECT 'PUBLICATION' AS kind, pubname AS name FROM pg_publication
        UNION ALL SELECT 'EVENT TRIGGER', evtname FROM pg_event_trigger
        UNION ALL SELECT 'FOREIGN DATA WRAPPER', fdwname FROM pg_foreign_data_wrapper
        UNION ALL SELECT 'LANGUAGE', lanname FROM pg_language l WHERE l.oid >= 16384
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_language'::regclass AND d.objid = l.oid AND d.deptype = 'e')
        UNION ALL SELECT 'ACCESS METHOD', amname FROM pg_am WHERE oid >= 16384
      LOOP EXECUTE format('DROP %s IF EXISTS %I CASCADE', item.kind, item.name); END LOOP;
      FOR item IN SELECT castsource::regtype AS source, casttarget::regtype AS target FROM pg_cast WHERE oid >= 16384
      LOOP EXECUTE format('DROP CAST IF EXISTS (%s AS %s)', item.source, item.target); END LOOP;
      FOR item IN SELECT pg_get_userbyid(d.defaclrole) AS role, d.defaclacl AS rights,
          CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS what
        FROM pg_default_acl d WHERE d.defaclnamespace = 0
      LOOP
        whose := format('ALTER DEFAULT PRIVILEGES FOR ROLE %I ', item.role);
        FOR grantee IN SELECT DISTINCT pg_get_userbyid(g.grantee) FROM aclexplode(item.rights) g WHERE g.grantee <> 0
        LOOP EXECUTE format('%s REVOKE ALL ON %s FROM %I', whose, item.what, grantee); END LOOP;
        EXECUTE format('%s REVOKE ALL ON %s FROM PUBLIC', whose, item.what);
        EXECUTE format('%s GRANT ALL ON %s TO %I', whose, item.what, item.role);
        IF item.what IN ('FUNCTIONS', 'TYPES') THEN EXECUTE format('%s GRANT ALL ON %s TO PUBLIC', whose, item.what); END IF;
      END LOOP;
      FOR item IN SELECT pg_get_userbyid(setrole) AS role FROM pg_db_role_setting WHERE setrole <> 0
        AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
      LOOP EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', item.role, current_database()); END LOOP;
      EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
      EXECUTE format('COMMENT ON DATABASE %I IS NULL', current_database());
    END $plumb$
    """
}
