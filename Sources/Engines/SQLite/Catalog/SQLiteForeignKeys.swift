import SchemaModel
import SchemaText

/// A foreign key, from the rows of `pragma_foreign_key_list` with one `id`.
struct SQLiteReferenceRow {
  var table: String
  var columns: [String] = []
  /// None where the table's primary key is meant without being named.
  var referencedColumns: [String] = []
  var onUpdate: ForeignKey.Action
  var onDelete: ForeignKey.Action

  /// Every table's foreign keys, in the order of its text.
  static func byTable(_ connection: SQLiteConnection) throws(EngineError) -> [String: [SQLiteReferenceRow]] {
    var rows: [String: [SQLiteReferenceRow]] = [:]
    // The pragma numbers the keys from the last in the text to the first.
    let query = """
      SELECT s.name, f.seq, f."table", f."from", f."to", f.on_update, f.on_delete
      FROM main.sqlite_schema AS s JOIN pragma_foreign_key_list(s.name, 'main') AS f
      WHERE s.type = 'table' AND s.rootpage <> 0
      ORDER BY s.name, f.id DESC, f.seq
      """
    try connection.forEachRow(of: query) { row in
      guard let owner = row.text(0), let table = row.text(2), let column = row.text(3) else { return }
      var keys = rows[owner] ?? []
      if row.integer(1) == 0 {
        keys.append(
          SQLiteReferenceRow(table: table, onUpdate: action(row.text(5)), onDelete: action(row.text(6))))
      }
      keys[keys.count - 1].columns.append(column)
      if let referenced = row.text(4) { keys[keys.count - 1].referencedColumns.append(referenced) }
      rows[owner] = keys
    }
    return rows
  }

  private static func action(_ words: String?) -> ForeignKey.Action {
    words.flatMap { ForeignKey.Action(rawValue: $0.lowercased()) } ?? .noAction
  }
}

extension SQLiteTableReader {
  /// The foreign keys: what they join from pragmas, name, match, deferrability and comment from the text.
  func foreignKeys(_ seen: inout SQLiteSeen) -> [ForeignKey] {
    let isMatched = text.foreignKeys.count == rows.references.count
    if !isMatched {
      seen.add(
        "definitions not fully understood",
        "\(table): \(text.foreignKeys.count) of \(rows.references.count) foreign keys")
    }
    let keys = rows.references.enumerated().map { index, row in
      var key = isMatched ? text.foreignKeys[index] : ForeignKey(named: "")
      key.isNamed = isMatched && key.isNamed
      key.columns = row.columns
      key.referencedTable = ObjectName(names.table(row.table))
      key.referencedColumns = referencedColumns(row)
      key.onUpdate = row.onUpdate
      key.onDelete = row.onDelete
      return key
    }
    return SQLiteConstraintNames.settled(keys, of: table, &seen)
  }

  private func referencedColumns(_ row: SQLiteReferenceRow) -> [String] {
    guard row.referencedColumns.isEmpty else {
      return row.referencedColumns.map { names.column($0, of: row.table) }
    }
    // A primary key of another width cannot be meant; SQLite refuses to write such rows.
    let key = names.primaryKey(of: row.table)
    return key.count == row.columns.count ? key : []
  }
}
