import SchemaModel
import SchemaText

extension SQLiteConnection {
  /// Counts and hashes every row of the tables, in one snapshot.
  ///
  /// Reads each table itself, never an index that holds the same values, and never the values of generated
  /// columns. Text counts by its bytes (in a UTF-16 database: as UTF-8), every value also by its storage
  /// class: `1`, `1.0` and `'1'` differ.
  ///
  /// - Parameter progress: told after each table.
  package func digests(
    of tables: [Table], progress: (TableDigest) -> Void
  ) throws(EngineError) -> [TableDigest] {
    try withSnapshot { () throws(EngineError) in
      var digests: [TableDigest] = []
      for table in tables {
        let digest = try digest(of: table)
        progress(digest)
        digests.append(digest)
      }
      return digests
    }
  }

  private func digest(of table: Table) throws(EngineError) -> TableDigest {
    let columns = table.storedColumns.map(\.name)
    var rowCount = 0
    var content = ContentHash()
    var bytes = SQLiteRowBytes()
    // Qualified, because SQLite would take a quoted name that is no column for a string.
    let list = columns.map { "t.\(SQLiteQuotes.name($0))" }.joined(separator: ", ")
    let query = "SELECT \(list) FROM main.\(SQLiteQuotes.name(table.name.name)) AS t NOT INDEXED"
    try forEachRow(of: query) { row in
      bytes.clear()
      for column in 0..<row.columnCount { bytes.append(row.value(column)) }
      content.add(bytes.hash())
      rowCount += 1
    }
    return TableDigest(table: table.name, columns: columns, rowCount: rowCount, content: content)
  }
}
