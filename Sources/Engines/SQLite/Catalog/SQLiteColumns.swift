import SchemaModel
import SchemaText

/// A row of `pragma_table_xinfo`.
struct SQLiteColumnRow {
  var name: String
  var type: String
  var isNotNull: Bool
  /// `dflt_value`: as written, without parentheses around it.
  var defaultText: String?
  /// `pk`: the place in the primary key from 1, or 0.
  var keyPlace: Int
  /// `hidden`: 2 for a virtual, 3 for a stored generated column.
  var isGenerated: Bool

  /// Every table's columns, in order.
  static func byTable(_ connection: SQLiteConnection) throws(EngineError) -> [String: [SQLiteColumnRow]] {
    var rows: [String: [SQLiteColumnRow]] = [:]
    // Virtual tables have no root page, and asking one whose module is missing is an error.
    let query = """
      SELECT s.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
      FROM main.sqlite_schema AS s JOIN pragma_table_xinfo(s.name, 'main') AS x
      WHERE s.type = 'table' AND s.rootpage <> 0
      ORDER BY s.name, x.cid
      """
    try connection.forEachRow(of: query) { row in
      guard let table = row.text(0), let name = row.text(1) else { return }
      rows[table, default: []].append(
        SQLiteColumnRow(
          name: name, type: row.text(2) ?? "", isNotNull: row.flag(3), defaultText: row.text(4),
          keyPlace: row.integer(5), isGenerated: row.integer(6) >= 2))
    }
    return rows
  }
}

/// The names of tables and columns as they were declared: SQLite lets a reference use another case.
struct SQLiteDeclaredNames {
  private var tables: [String: String] = [:]
  private var columns: [String: [String: String]] = [:]
  private var primaryKeys: [String: [String]] = [:]

  init(_ rows: [String: [SQLiteColumnRow]]) {
    for (table, rows) in rows {
      let key = SQLiteName.folded(table)
      tables[key] = table
      columns[key] = Dictionary(
        rows.map { (SQLiteName.folded($0.name), $0.name) }, uniquingKeysWith: { first, _ in first })
      primaryKeys[key] = rows.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name)
    }
  }

  /// The table's name as declared; as given when there is no such table.
  func table(_ name: String) -> String { tables[SQLiteName.folded(name)] ?? name }

  /// The column's name as declared; as given when there is no such column.
  func column(_ name: String, of table: String) -> String {
    columns[SQLiteName.folded(table)]?[SQLiteName.folded(name)] ?? name
  }

  /// The primary key's columns; none when there is no such table, or it has no primary key.
  func primaryKey(of table: String) -> [String] { primaryKeys[SQLiteName.folded(table)] ?? [] }
}

extension SQLiteTableReader {
  /// The columns: pragmas for names, types and nullability, the text for everything else.
  func columns(_ seen: inout SQLiteSeen) -> [Column] {
    let written = Dictionary(
      text.columns.map { (SQLiteName.folded($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    return rows.columns.map { row in
      var column = Column(named: row.name)
      let text = written[SQLiteName.folded(row.name)]
      column.type = SQLiteCanonicalText.ofType(row.type)
      column.isNotNull = row.isNotNull
      if row.isNotNull, let terms = text?.notNull { column.notNull = terms }
      column.collation = text?.collation
      column.comment = text?.comment
      column.value = text?.value ?? .none
      if text == nil { seen.add("definitions not fully understood", "\(table): column \(row.name)") }
      if column.value == .none, let value = row.defaultText.map(SQLiteCanonicalText.of(_:)),
        value != "NULL"
      {
        column.value = .default(value)
      }
      return column
    }
  }
}
