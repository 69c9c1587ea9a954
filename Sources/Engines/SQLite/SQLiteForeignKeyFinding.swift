import SchemaModel
import SchemaText

/// What `PRAGMA foreign_key_check` says of one foreign key, or of a table it cannot check.
package enum SQLiteForeignKeyFinding: Hashable, Sendable {
  /// Rows whose key is found in no row of the referenced table.
  ///
  /// `rowIDs` are those of the first few; none for a table without rowids.
  case orphans(
    table: ObjectName, columns: [String], referencedTable: ObjectName, rowCount: Int, rowIDs: [Int])
  /// A foreign key of the table refers to columns that are no key, so SQLite can check none of them.
  case unchecked(table: ObjectName, reason: String)

  /// How many row ids are kept at most.
  static let rowIDsKept = 5
}

extension SQLiteConnection {
  /// Looks for orphans of every foreign key with SQLite's own check, which no setting of ours influences.
  ///
  /// Reads every table that has a foreign key.
  package func foreignKeyFindings() throws(EngineError) -> [SQLiteForeignKeyFinding] {
    try withSnapshot { () throws(EngineError) in
      do throws(EngineError) {
        return try foreignKeyFindings(arguments: "")
      } catch  where error.kind == .refused {
        // One key that cannot be checked stops the check of all, so ask table by table.
        return try foreignKeyFindingsByTable()
      }
    }
  }

  private func foreignKeyFindingsByTable() throws(EngineError) -> [SQLiteForeignKeyFinding] {
    var findings: [SQLiteForeignKeyFinding] = []
    for table in try SQLiteReferenceRow.byTable(self).keys.sorted() {
      do {
        findings += try foreignKeyFindings(arguments: "(\(SQLiteQuotes.literal(table)))")
      } catch  where error.kind == .refused {
        findings.append(.unchecked(table: ObjectName(table), reason: error.message))
      }
    }
    return findings
  }

  private struct Orphans {
    var table: String
    var referencedTable: String
    var key: Int
    var rowCount = 0
    var rowIDs: [Int] = []
  }

  private func foreignKeyFindings(
    arguments: String
  ) throws(EngineError) -> [SQLiteForeignKeyFinding] {
    var orphans: [Orphans] = []
    let query = "SELECT \"table\", parent, fkid, rowid FROM pragma_foreign_key_check\(arguments)"
    try forEachRow(of: query) { row in
      guard let table = row.text(0), let parent = row.text(1) else { return }
      let key = row.integer(2)
      if orphans.last?.table != table || orphans.last?.key != key {
        orphans.append(Orphans(table: table, referencedTable: parent, key: key))
      }
      let last = orphans.count - 1
      orphans[last].rowCount += 1
      if orphans[last].rowIDs.count < SQLiteForeignKeyFinding.rowIDsKept, row.text(3) != nil {
        orphans[last].rowIDs.append(row.integer(3))
      }
    }
    let columns = orphans.isEmpty ? [:] : try foreignKeyColumns()
    return orphans.map { orphans in
      .orphans(
        table: ObjectName(orphans.table), columns: columns[orphans.table]?[orphans.key] ?? [],
        referencedTable: ObjectName(orphans.referencedTable), rowCount: orphans.rowCount,
        rowIDs: orphans.rowIDs)
    }
  }

  /// The columns of each table's foreign keys, by the pragma's number.
  private func foreignKeyColumns() throws(EngineError) -> [String: [Int: [String]]] {
    try SQLiteReferenceRow.byTable(self).mapValues { keys in
      Dictionary(
        keys.enumerated().map { (keys.count - 1 - $0, $1.columns) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
