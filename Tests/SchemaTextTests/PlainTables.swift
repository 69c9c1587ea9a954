import SchemaModel

/// Short ways to draw schemas for the diagrams' tests.
extension Schema {
  static func plain(_ tables: Table...) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "test")
    schema.tables = tables.sorted { $0.name < $1.name }
    return schema
  }
}

extension Table {
  /// A table of the schema `public` whose first column is its primary key.
  static func plain(_ name: String, _ columns: Column...) -> Table {
    var table = Table(named: ObjectName(schema: "public", name))
    table.columns = columns
    var key = KeyConstraint(named: "\(name)_pkey")
    key.isPrimary = true
    key.columns = columns.prefix(1).map(\.name)
    table.primaryKey = key
    return table
  }
}

extension Column {
  static func plain(_ name: String, _ type: String = "integer", notNull: Bool = true) -> Column {
    var column = Column(named: name)
    column.type = type
    column.isNotNull = notNull
    return column
  }
}

extension ForeignKey {
  /// A key of one column to the column `id` of a table of the schema `public`.
  static func plain(_ column: String, to table: String) -> ForeignKey {
    var key = ForeignKey(named: "\(column)_fkey")
    key.columns = [column]
    key.referencedTable = ObjectName(schema: "public", table)
    key.referencedColumns = ["id"]
    return key
  }
}
