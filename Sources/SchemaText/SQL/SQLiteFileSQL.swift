import SchemaModel

/// What belongs to a SQLite file as such, and its virtual tables, as SQL.
enum SQLiteFileSQL {
  /// The settings as one paragraph, or none; two of them only work before the first table is there.
  static func settings(_ properties: [DatabaseProperties]) -> [String] {
    let settings = properties.first?.settings ?? [:]
    return CommentSQL.paragraph(
      settings.sorted { $0.key < $1.key }.map { name, value in
        "PRAGMA \(name) = \(SQLDialect.sqlite.literal(value));"
      })
  }

  /// A virtual table.
  static func create(_ table: VirtualTable) -> String {
    let dialect = SQLDialect.sqlite
    let arguments = table.arguments.isEmpty ? "" : " (\(table.arguments.joined(separator: ", ")))"
    return
      "CREATE VIRTUAL TABLE \(dialect.name(table.name)) USING \(dialect.identifier(table.module))\(arguments);"
  }
}
