import SchemaModel

extension PostgresCatalog {
  /// The queries of views, and which views they read.
  func readViewDefinitions(into found: inout PostgresRelations) throws(EngineError) {
    guard !found.views.isEmpty else { return }
    let definitions = try connection.query(
      """
      SELECT c.oid, pg_get_viewdef(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND \(Self.isUsers(namespace: "n"))
      """)
    for row in definitions.rows { found.views[row.number(0)]?.definition = row.expression(1) ?? "" }
    let reads = try connection.query(
      """
      SELECT DISTINCT r.ev_class, d.refobjid
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
      JOIN pg_class read ON read.oid = d.refobjid AND read.relkind IN ('v', 'm')
      """)
    for row in reads.rows {
      guard let read = found.relations[row.number(1)] else { continue }
      found.views[row.number(0)]?.dependencies.append(read.name)
    }
  }
}
