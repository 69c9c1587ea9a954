import SchemaModel

extension PostgresCatalog {
  /// The user's schemas.
  ///
  /// `initdb` gives `public` a comment and rights of its own; a database that still has them counts as having none.
  /// It belongs to `pg_database_owner` since PostgreSQL 15, and before to whoever ran `initdb` (oid 10).
  func namespaces() throws(EngineError) -> [Namespace] {
    let result = try connection.query(
      """
      SELECT n.nspname, CASE WHEN n.nspname = 'public' AND comment.description = 'standard public schema'
        THEN NULL ELSE comment.description END,
        CASE WHEN n.nspname <> 'public' OR n.nspowner <> 10 AND pg_get_userbyid(n.nspowner) <> 'pg_database_owner'
          THEN \(Self.owner("n.nspowner")) END,
        \(Self.privileges(
          "n.nspacl", kind: "'n'", owner: "n.nspowner", usual: Self.usualRights(since15: connection.majorVersion >= 15)))
      FROM pg_namespace n
      \(Self.joinComment(catalog: "pg_namespace", oid: "n.oid"))
      WHERE \(Self.isUsers(namespace: "n")) AND \(Self.isFree(catalog: "pg_namespace", oid: "n.oid"))
      """)
    return result.rows.map { row in
      var namespace = Namespace(named: ObjectName(row.text(0)))
      namespace.comment = row.comment(1)
      namespace.rights = row.rights(2)
      return namespace
    }.sorted { $0.name < $1.name }
  }

  /// An expression: the access list of a new schema; everybody may use `public`, and before PostgreSQL 15 make
  /// something in it.
  private static func usualRights(since15: Bool) -> String {
    let everyones = since15 ? "=U/" : "=UC/"
    return """
      CASE n.nspname WHEN 'public' THEN acldefault('n', n.nspowner)
        || ('\(everyones)' || quote_ident(pg_get_userbyid(n.nspowner)))::aclitem ELSE acldefault('n', n.nspowner) END
      """
  }

  /// Installed extensions; `plpgsql`, which every database has from `initdb`, is none of the user's.
  func extensions() throws(EngineError) -> [InstalledExtension] {
    let result = try connection.query(
      """
      SELECT e.extname, e.extversion, n.nspname,
        CASE WHEN offer.name IS NOT NULL AND comment.description IS DISTINCT FROM offer.comment
          THEN coalesce(comment.description, '') END
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      LEFT JOIN pg_available_extensions() offer ON offer.name = e.extname
      \(Self.joinComment(catalog: "pg_extension", oid: "e.oid"))
      WHERE NOT (e.extname = 'plpgsql' AND n.nspname = 'pg_catalog')
      """)
    return result.rows.map { row in
      var installed = InstalledExtension(named: ObjectName(row.text(0)))
      installed.version = row.text(1)
      installed.schema = row.text(2)
      installed.comment = row.optional(3).map(Comment.init)
      return installed
    }.sorted { $0.name < $1.name }
  }
}
