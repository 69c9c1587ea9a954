import SchemaModel

extension PostgresCatalog {
  /// The queries of views.
  func readViewDefinitions(into found: inout PostgresRelations) throws(EngineError) {
    guard !found.views.isEmpty else { return }
    let definitions = try queryWithoutKeepingLocks(
      """
      SELECT c.oid, pg_get_viewdef(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND \(Self.isUsers(namespace: "n"))
      """)
    for row in definitions.rows { found.views[row.number(0)]?.definition = row.expression(1) ?? "" }
  }
}
