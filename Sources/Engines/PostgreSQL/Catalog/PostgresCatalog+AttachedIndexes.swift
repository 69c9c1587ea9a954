import SchemaModel

extension PostgresCatalog {
  /// What is said of partitions' shares of the indexes and keys of their partitioned tables.
  ///
  /// A share is cloned from what it is a share of, options, tablespace and all; a name that the server would give it by
  /// itself is no fact.
  func readAttachedIndexes(into found: inout PostgresRelations) throws(EngineError) {
    let rows = try connection.query(
      """
      SELECT part.inhrelid, part.inhparent, i.indrelid, ix.relname, whole.relname,
        CASE WHEN con.oid IS NOT NULL THEN con.contype ELSE ' ' END, con.conparentid = 0,
        ix.reloptions IS DISTINCT FROM whole.reloptions, \(Self.options("ix.reloptions")),
        CASE WHEN ix.reltablespace <> whole.reltablespace THEN coalesce(space.spcname, 'pg_default') END,
        comment.description, said.description,
        \(Self.joined("ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = ix.oid ORDER BY a.attnum)")), above.indisvalid
      FROM pg_inherits part
      JOIN pg_class ix ON ix.oid = part.inhrelid AND ix.relkind IN ('i', 'I')
      JOIN pg_class whole ON whole.oid = part.inhparent
      JOIN pg_index i ON i.indexrelid = ix.oid
      JOIN pg_index above ON above.indexrelid = whole.oid
      LEFT JOIN pg_constraint con ON con.conindid = ix.oid AND con.contype IN ('p', 'u', 'x')
      LEFT JOIN pg_tablespace space ON space.oid = ix.reltablespace
      \(Self.joinComment(catalog: "pg_class", oid: "ix.oid"))
      LEFT JOIN pg_description said
        ON said.classoid = 'pg_constraint'::regclass AND said.objoid = con.oid AND said.objsubid = 0
      """
    ).rows
    var wholes: [Int: (oid: Int, name: String, isValid: Bool)] = [:]
    for row in rows { wholes[row.number(0)] = (row.number(1), row.text(4), row.flag(13)) }
    defer {
      for oid in Set(rows.map { $0.number(2) }) { found.tables[oid]?.attached.incomplete.sort() }
    }
    // A constraint of the partition's own is read as such, with all that is said of its index.
    for row in rows where !row.flag(6) {
      guard var whole = wholes[row.number(0)], let table = found.relations[row.number(2)]?.name.name else {
        continue
      }
      while let above = wholes[whole.oid] { whole = above }
      let (oid, index) = (row.number(2), whole.name)
      if !whole.isValid { found.tables[oid]?.attached.incomplete.append(index) }
      if !Self.isInvented(row, in: table) { found.tables[oid]?.attached.names[index] = row.text(3) }
      if row.flag(7) { found.tables[oid]?.attached.options[index] = row.options(8) }
      found.tables[oid]?.attached.tablespaces[index] = row.optional(9)
      found.tables[oid]?.attached.comments[index] = row.comment(10)
      found.tables[oid]?.attached.constraintComments[index] = row.comment(11)
      let targets = (found.keySettings[row.number(0)] ?? [:]).compactMap { key, settings in
        settings.statisticsTarget.map { (String(key), $0) }
      }
      if !targets.isEmpty {
        found.tables[oid]?.attached.statisticsTargets[index] = Dictionary(
          targets, uniquingKeysWith: { first, _ in first })
      }
      let extensions = dependents.take("pg_class", row.number(0))
      if !extensions.isEmpty { found.tables[oid]?.attached.extensions[index] = extensions }
    }
  }

  /// Whether the server gave the share its name by itself.
  private static func isInvented(_ row: PostgresResult.Row, in table: String) -> Bool {
    let columns = row.list(12)
    let label =
      switch row.text(5) {
      case "p": "pkey"
      case "u": "key"
      case "x": "excl"
      case _: "idx"
      }
    let addition = label == "pkey" ? nil : InventedName.addition(columns)
    return InventedName.isInvented(row.text(3), of: addition, in: table, label: label)
  }
}
