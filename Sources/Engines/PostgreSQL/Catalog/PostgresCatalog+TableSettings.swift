import SchemaModel

extension PostgresCatalog {
  /// What other catalogs say of tables: their parents, and which index they are clustered on or identified by.
  func readTableSettings(into found: inout PostgresRelations) throws(EngineError) {
    let parents = try connection.query(
      """
      SELECT i.inhrelid, n.nspname, c.relname
      FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhparent
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class child ON child.oid = i.inhrelid
      WHERE child.relkind IN ('r', 'p', 'f') AND NOT child.relispartition
      ORDER BY i.inhrelid, i.inhseqno
      """)
    for row in parents.rows {
      found.tables[row.number(0)]?.parents.append(ObjectName(schema: row.text(1), row.text(2)))
    }
    let indexes = try connection.query(
      """
      SELECT i.indrelid, c.relname, i.indisclustered, i.indisreplident AND t.relreplident = 'i'
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
      WHERE i.indisclustered OR i.indisreplident
      """)
    for row in indexes.rows {
      if row.flag(2) {
        found.tables[row.number(0)]?.clusteredOn = row.text(1)
        found.views[row.number(0)]?.clusteredOn = row.text(1)
      }
      if row.flag(3) { found.tables[row.number(0)]?.replicaIdentity = .index(row.text(1)) }
    }
    try readNotNulls(into: &found)
  }

  /// What is said of NOT NULL: constraints of their own since PostgreSQL 18.
  ///
  /// A name that a partition or child took over from its parent, or that the server invented, is no fact.
  private func readNotNulls(into found: inout PostgresRelations) throws(EngineError) {
    guard connection.majorVersion >= 18 else { return }
    let result = try connection.query(
      """
      SELECT con.conrelid, con.conkey[1], con.conname, con.connoinherit, con.convalidated, comment.description,
        con.coninhcount > 0
      FROM pg_constraint con
      \(Self.joinComment(catalog: "pg_constraint", oid: "con.oid"))
      WHERE con.contype = 'n' AND con.conrelid <> 0
      """)
    for row in result.rows {
      let oid = row.number(0)
      guard let relation = found.relations[oid], let column = relation[row.number(1)] else { continue }
      var terms = NotNullTerms()
      let isInvented = InventedName.isInvented(
        row.text(2), of: column.name, in: relation.name.name, label: "not_null")
      if !isInvented && !row.flag(6) { terms.name = row.text(2) }
      terms.isNotInherited = row.flag(3)
      terms.isValidated = row.flag(4)
      terms.comment = row.comment(5)
      found.tables[oid]?.columns[column.position].notNull = terms
    }
  }

  /// An expression: options of a catalog's column as they stand, in a form that ``PostgresResult/Row/options(_:)`` reads.
  ///
  /// Options whose name begins with `pg_` are the server's own book-keeping (PostgreSQL 15.20 keeps `pg_attver`
  /// at every column).
  static func options(_ column: String) -> String {
    """
    CASE WHEN \(hasOptions(column)) THEN \
    \(joined("ARRAY(SELECT option FROM unnest(\(column)) AS option WHERE option NOT LIKE 'pg\\_%')")) END
    """
  }

  /// A condition: true when a catalog's column of options holds one that is not the server's own.
  static func hasOptions(_ column: String) -> String {
    "(cardinality(\(column)) > 1 OR \(column)[1] NOT LIKE 'pg\\_%')"
  }
}

extension PostgresResult.Row {
  /// What ``PostgresCatalog/options(_:)`` gives.
  func options(_ column: Int) -> [String] { list(column).filter { !$0.isEmpty } }
}
