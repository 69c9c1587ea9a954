import SchemaModel
import SchemaText

/// What a database is made of, by name: from `sqlite_schema`, told apart by `pragma_table_list`.
///
/// SQLite's own tables (`sqlite_…`), the tables in which restores set rows aside, and the tables in
/// which virtual tables keep their content are in none of the lists.
struct SQLiteObjects {
  /// A table or view.
  struct Definition {
    var name: String
    /// From `sqlite_schema.sql`.
    var sql: String
    var isStrict = false
    var isWithoutRowID = false
  }

  /// Tables in which a restore sets rows aside begin with this.
  static let quarantinePrefix = "plumb_quarantine_"

  private(set) var tables: [Definition] = []
  private(set) var views: [Definition] = []
  /// The text of each index that was made by `CREATE INDEX`, by name.
  private(set) var indexTexts: [String: String] = [:]
  private(set) var virtualTables: [Definition] = []
  /// The triggers, by the folded name of their table or view.
  private(set) var triggers: [String: [Definition]] = [:]

  init(_ connection: SQLiteConnection) throws(EngineError) {
    let kinds = try Self.kinds(connection)
    let query = "SELECT type, name, sql, tbl_name FROM main.sqlite_schema"
    try connection.forEachRow(of: query) { row in
      guard let type = row.text(0), let name = row.text(1), !Self.isOwn(name) else { return }
      let sql = row.text(2) ?? ""
      switch type {
      case "index": indexTexts[name] = sql
      case "trigger":
        triggers[SQLiteName.folded(row.text(3) ?? ""), default: []].append(Definition(name: name, sql: sql))
      case "view": views.append(Definition(name: name, sql: sql))
      default: add(name, sql, kinds[name])
      }
    }
  }

  private mutating func add(_ name: String, _ sql: String, _ kind: Kind?) {
    switch kind?.type {
    case "virtual": virtualTables.append(Definition(name: name, sql: sql))
    case "shadow": break
    default:
      tables.append(
        Definition(
          name: name, sql: sql, isStrict: kind?.isStrict ?? false,
          isWithoutRowID: kind?.isWithoutRowID ?? false))
    }
  }

  private struct Kind {
    var type: String
    var isWithoutRowID: Bool
    var isStrict: Bool
  }

  private static func kinds(_ connection: SQLiteConnection) throws(EngineError) -> [String: Kind] {
    var kinds: [String: Kind] = [:]
    let query = "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'"
    try connection.forEachRow(of: query) { row in
      guard let name = row.text(0), let type = row.text(1) else { return }
      kinds[name] = Kind(type: type, isWithoutRowID: row.flag(2), isStrict: row.flag(3))
    }
    return kinds
  }

  /// The triggers of a table or view, by name.
  func triggers(of name: String, _ seen: inout SQLiteSeen) -> [Trigger] {
    var found: [Trigger] = []
    for definition in triggers[SQLiteName.folded(name)] ?? [] {
      let text = SQLiteTriggerText(parsing: definition.sql)
      seen.add(text.findings, of: definition.name)
      var trigger = text.trigger
      trigger.name = definition.name
      found.append(trigger)
    }
    return found.sorted { $0.name < $1.name }
  }

  private static func isOwn(_ name: String) -> Bool {
    name.hasPrefix(quarantinePrefix) || SQLiteName.folded(name).hasPrefix("sqlite_")
  }

  /// Notes what is there and has no place in the model.
  func noteUnmodelled(_ seen: inout SQLiteSeen) {
    // A trigger whose table is no part of the model, or is gone.
    let modelled = Set((tables + views).map { SQLiteName.folded($0.name) })
    for (table, triggers) in triggers where !modelled.contains(table) {
      for trigger in triggers { seen.add("triggers", trigger.name) }
    }
  }
}
