import SchemaModel

/// Facts of a database beyond its schema, read in the current transaction.
extension PostgresConnection {
  /// Tables' sizes in pages of 8 kB, as their files are now (`pg_relation_size`).
  func tablePageCounts() throws(EngineError) -> [ObjectName: Int] {
    let result = try query(
      """
      SELECT n.nspname, c.relname, COALESCE(pg_relation_size(c.oid) / 8192, 0) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND \(PostgresCatalog.isUsers(namespace: "n"))
      """)
    return Dictionary(
      uniqueKeysWithValues: result.rows.map { (ObjectName(schema: $0.text(0), $0.text(1)), $0.number(2)) })
  }

  /// What the database takes on its disk, in bytes (`pg_database_size`).
  func databaseByteCount() throws(EngineError) -> Int? {
    try query("SELECT pg_database_size(current_database())").rows.first?.number(0)
  }

  /// Where the write-ahead log stands; on a standby, how far it was replayed.
  func walPosition() throws(EngineError) -> String? {
    try query(
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
      """
    ).text(0, 0)
  }

  /// The database's encoding and locale; ICU locales exist since PostgreSQL 15.
  func locale() throws(EngineError) -> DatabaseLocale {
    let icu =
      switch majorVersion {
      case ..<15: "NULL"
      case 15, 16: "CASE WHEN datlocprovider = 'i' THEN daticulocale END"
      default: "CASE WHEN datlocprovider = 'i' THEN datlocale END"
      }
    let row = try query(
      """
      SELECT pg_encoding_to_char(encoding), datcollate, datctype, \(icu)
      FROM pg_database WHERE datname = current_database()
      """
    ).rows[0]
    return DatabaseLocale(
      encoding: row.text(0), collate: row.text(1), characterType: row.text(2), icuLocale: row.optional(3))
  }

  /// Roles that own something here or were granted something: an archive names them and does not make them.
  func rolesWithObjects() throws(EngineError) -> [String] {
    let result = try query(
      """
      SELECT DISTINCT r.rolname FROM pg_roles r
      WHERE r.rolname !~ '^pg_' AND (
        r.oid IN (SELECT d.refobjid FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass
          AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
        OR r.oid IN (SELECT relowner FROM pg_class) OR r.oid IN (SELECT nspowner FROM pg_namespace)
        OR r.oid = (SELECT datdba FROM pg_database WHERE datname = current_database()))
      ORDER BY 1
      """)
    return result.rows.map { $0.text(0) }
  }

  /// Whether the database's text has a known encoding (`SQL_ASCII` is none).
  func hasKnownEncoding() throws(EngineError) -> Bool {
    try query("SELECT current_setting('server_encoding')").text(0, 0) != "SQL_ASCII"
  }
}
