import SchemaModel
import SchemaText

/// An index, from `pragma_index_list` and `pragma_index_xinfo`.
struct SQLiteIndexRow {
  /// What made the index: `pragma_index_list.origin`.
  enum Origin: String {
    case createIndex = "c"
    case unique = "u"
    case primaryKey = "pk"
  }

  struct Key {
    /// `nil` for an expression.
    var column: String?
    var isDescending: Bool
    var collation: String
  }

  var name: String
  var isUnique: Bool
  var origin: Origin
  var keys: [Key] = []

  /// Every table's indexes, those that constraints own included.
  static func byTable(_ connection: SQLiteConnection) throws(EngineError) -> [String: [SQLiteIndexRow]] {
    var rows: [String: [SQLiteIndexRow]] = [:]
    let query = """
      SELECT s.name, l.name, l."unique", l.origin, x.name, x."desc", x.coll
      FROM main.sqlite_schema AS s JOIN pragma_index_list(s.name, 'main') AS l
        JOIN pragma_index_xinfo(l.name, 'main') AS x
      WHERE s.type = 'table' AND s.rootpage <> 0 AND x.key <> 0
      ORDER BY s.name, l.seq, x.seqno
      """
    try connection.forEachRow(of: query) { row in
      guard let table = row.text(0), let name = row.text(1) else { return }
      var indexes = rows[table] ?? []
      if indexes.last?.name != name {
        let origin = row.text(3).flatMap(Origin.init) ?? .createIndex
        indexes.append(SQLiteIndexRow(name: name, isUnique: row.flag(2), origin: origin))
      }
      indexes[indexes.count - 1].keys.append(
        Key(column: row.text(4), isDescending: row.flag(5), collation: row.text(6) ?? "BINARY"))
      rows[table] = indexes
    }
    return rows
  }
}

extension SQLiteTableReader {
  /// The indexes no constraint owns: keys from pragmas, expressions and predicate from the text.
  func indexes(_ texts: [String: String], _ seen: inout SQLiteSeen) -> [TableIndex] {
    let columns = Set(rows.columns.map { SQLiteName.folded($0.name) })
    var indexes: [TableIndex] = []
    for row in rows.indexes where row.origin == .createIndex {
      let text = SQLiteIndexText(parsing: texts[row.name] ?? "")
      seen.add(text.findings, of: row.name)
      var index = TableIndex(named: row.name)
      index.isUnique = row.isUnique
      index.predicate = text.predicate.map { SQLiteCanonicalText.of($0, columns: columns) }
      index.comment = text.comment
      index.keys = row.keys.enumerated().map { place, key in
        var key = indexKey(key, text.keys.count == row.keys.count ? text.keys[place] : nil)
        if case .expression(let expression) = key.subject {
          key.subject = .expression(SQLiteCanonicalText.of(expression, columns: columns))
        }
        return key
      }
      indexes.append(index)
    }
    return indexes.sorted { $0.name < $1.name }
  }

  private func indexKey(_ row: SQLiteIndexRow.Key, _ text: IndexKey?) -> IndexKey {
    var key: IndexKey
    if let column = row.column {
      key = IndexKey(.column(column))
      let own = collation(of: column)
      let collation = SQLiteCollation.canonical(row.collation)
      key.collation = collation == own ? nil : collation ?? "BINARY"
    } else {
      key = IndexKey(text?.subject ?? .expression(""))
      key.collation = text?.collation
    }
    key.isDescending = row.isDescending
    // The model's default for the direction: SQLite leaves no choice.
    key.nullsFirst = row.isDescending
    return key
  }
}
