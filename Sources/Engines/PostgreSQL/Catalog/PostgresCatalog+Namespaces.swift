import SchemaModel

extension PostgresCatalog {
  /// The user's schemas.
  ///
  /// `initdb` gives `public` a comment of its own; a database that still has it counts as having none.
  func namespaces() throws(EngineError) -> [Namespace] {
    let result = try connection.query(
      """
      SELECT n.nspname, CASE WHEN n.nspname = 'public' AND comment.description = 'standard public schema'
        THEN NULL ELSE comment.description END
      FROM pg_namespace n
      \(Self.joinComment(catalog: "pg_namespace", oid: "n.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_namespace", oid: "n.oid"))
      """)
    return result.rows.map { row in
      var namespace = Namespace(named: ObjectName(row.text(0)))
      namespace.comment = row.comment(1)
      return namespace
    }.sorted { $0.name < $1.name }
  }

  /// Installed extensions; `plpgsql`, which every database has from `initdb`, is none of the user's.
  func extensions() throws(EngineError) -> [InstalledExtension] {
    let result = try connection.query(
      """
      SELECT e.extname, e.extversion, n.nspname
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      WHERE NOT (e.extname = 'plpgsql' AND n.nspname = 'pg_catalog')
      """)
    return result.rows.map { row in
      var installed = InstalledExtension(named: ObjectName(row.text(0)))
      installed.version = row.text(1)
      installed.schema = row.text(2)
      return installed
    }.sorted { $0.name < $1.name }
  }
}
