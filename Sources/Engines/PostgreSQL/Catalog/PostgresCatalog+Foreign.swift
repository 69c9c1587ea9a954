import SchemaModel

extension PostgresCatalog {
  /// Foreign data wrappers that no extension brought.
  func foreignDataWrappers() throws(EngineError) -> [ForeignDataWrapper] {
    let result = try connection.query(
      """
      SELECT o.oid, o.fdwname, \(Self.functionName("o.fdwhandler")), \(Self.functionName("o.fdwvalidator")),
        \(Self.foreignOptions("o.fdwoptions")), comment.description,
        \(Self.owner("o.fdwowner")), \(Self.privileges("o.fdwacl", kind: "'F'", owner: "o.fdwowner"))
      FROM pg_foreign_data_wrapper o
      \(Self.joinComment(catalog: "pg_foreign_data_wrapper", oid: "o.oid"))
      WHERE \(Self.isFree(catalog: "pg_foreign_data_wrapper", oid: "o.oid"))
      """)
    return result.rows.map { row in
      var wrapper = ForeignDataWrapper(named: ObjectName(row.text(1)))
      wrapper.handler = row.optional(2)
      wrapper.validator = row.optional(3)
      wrapper.options = row.foreignOptions(4)
      wrapper.comment = row.comment(5)
      wrapper.rights = row.rights(6)
      addresses.note(
        "pg_foreign_data_wrapper", row.number(0), as: ObjectReference(kind: wrapper.kind, wrapper.name))
      return wrapper
    }.sorted { $0.name < $1.name }
  }

  /// Foreign servers.
  func foreignServers() throws(EngineError) -> [ForeignServer] {
    let result = try connection.query(
      """
      SELECT o.oid, o.srvname, w.fdwname, o.srvtype, o.srvversion, \(Self.foreignOptions("o.srvoptions")),
        comment.description, \(Self.owner("o.srvowner")),
        \(Self.privileges("o.srvacl", kind: "'S'", owner: "o.srvowner"))
      FROM pg_foreign_server o JOIN pg_foreign_data_wrapper w ON w.oid = o.srvfdw
      \(Self.joinComment(catalog: "pg_foreign_server", oid: "o.oid"))
      WHERE \(Self.isFree(catalog: "pg_foreign_server", oid: "o.oid"))
      """)
    return result.rows.map { row in
      var server = ForeignServer(named: ObjectName(row.text(1)))
      server.wrapper = row.text(2)
      server.type = row.optional(3)
      server.version = row.optional(4)
      server.options = row.foreignOptions(5)
      server.comment = row.comment(6)
      server.rights = row.rights(7)
      addresses.note("pg_foreign_server", row.number(0), as: ObjectReference(kind: server.kind, server.name))
      return server
    }.sorted { $0.name < $1.name }
  }

  /// User mappings; of options that may be secrets the server sends the names and nothing behind them.
  func userMappings() throws(EngineError) -> [UserMapping] {
    let result = try connection.query(
      """
      SELECT m.srvname, m.usename, \(Self.joined("""
        ARRAY(SELECT CASE WHEN \(Self.isOpen) THEN option ELSE split_part(option, '=', 1) || '=' END
          FROM unnest(m.umoptions) AS option ORDER BY 1)
        """))
      FROM pg_user_mappings m
      """)
    return result.rows.map { row in
      var mapping = UserMapping(named: ObjectName(schema: row.text(0), row.text(1)))
      mapping.options = row.list(2).filter { !$0.isEmpty }
      return mapping
    }.sorted { $0.name < $1.name }
  }

  /// An expression: options of a foreign object, in a form that ``PostgresResult/Row/foreignOptions(_:)`` reads.
  static func foreignOptions(_ column: String) -> String {
    """
    CASE WHEN \(column) IS NOT NULL THEN \
    \(joined("ARRAY(SELECT option FROM unnest(\(column)) AS option ORDER BY option)")) END
    """
  }

  /// A condition on an `option` of a user mapping: true when it is no secret.
  static let isOpen =
    "lower(split_part(option, '=', 1)) IN (\(UserMapping.openOptions.map { "'\($0)'" }.joined(separator: ", ")))"
}

extension PostgresResult.Row {
  /// What ``PostgresCatalog/foreignOptions(_:)`` gives, without what may be a secret.
  func foreignOptions(_ column: Int) -> [String] {
    list(column).filter { !$0.isEmpty }.map(ForeignOption.shown)
  }
}
