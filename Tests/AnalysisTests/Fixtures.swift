import Analysis
import SchemaModel

/// Short ways to draw schemas for tests.
extension Schema {
  static func drawn(_ tables: Table..., engine: DatabaseEngine = .postgreSQL) -> Schema {
    var schema = Schema(engine: engine, serverVersion: "test")
    schema.tables = tables.sorted { $0.name < $1.name }
    return schema
  }

  /// The same schema with one table changed.
  func changing(_ name: String, _ change: (inout Table) -> Void) -> Schema {
    var schema = self
    for position in schema.tables.indices where schema.tables[position].name.name == name {
      change(&schema.tables[position])
    }
    return schema
  }
}

extension Table {
  /// A table in the schema `public` whose first column is its primary key.
  static func drawn(_ name: String, _ columns: Column..., keys: ForeignKey...) -> Table {
    var table = Table(named: ObjectName(schema: "public", name))
    table.columns = columns
    var key = KeyConstraint(named: "\(name)_pkey")
    key.isPrimary = true
    key.columns = columns.prefix(1).map(\.name)
    table.primaryKey = key
    table.foreignKeys = keys
    return table
  }
}

extension Column {
  static func drawn(_ name: String, _ type: String = "integer", notNull: Bool = true) -> Column {
    var column = Column(named: name)
    column.type = type
    column.isNotNull = notNull
    return column
  }
}

extension ForeignKey {
  /// A key `<columns>_fkey` into a table of the schema `public`.
  static func drawn(_ columns: String..., to table: String, _ referenced: String...) -> ForeignKey {
    var key = ForeignKey(named: columns.joined(separator: "_") + "_fkey")
    key.columns = columns
    key.referencedTable = ObjectName(schema: "public", table)
    key.referencedColumns = referenced.isEmpty ? ["id"] : referenced
    return key
  }
}

extension SchemaDifference {
  /// Object, change and severity on one line.
  var line: String {
    let change =
      switch change {
      case .missing: "missing"
      case .unexpected: "unexpected"
      case .changed(let fact, let expected, let found): "\(fact): \(expected) -> \(found)"
      }
    let guess = renameGuess.map { ", \($0)" } ?? ""
    return "\(object): \(change) (\(severity.label)\(guess))"
  }
}

extension SchemaComparison {
  var lines: [String] { differences.map(\.line) }
}
