import SchemaModel

/// Comments as statements (PostgreSQL) or as lines inside `CREATE TABLE` (SQLite).
package enum CommentSQL {
  /// `COMMENT ON target IS '…'`, or nothing when there is no comment.
  ///
  /// - Parameter target: the object with its kind, such as `TABLE public.users`.
  static func statement(on target: String, _ comment: Comment?) -> [String] {
    guard let comment else { return [] }
    return ["COMMENT ON \(target) IS \(SQLDialect.postgreSQL.literal(comment.text));"]
  }

  /// The comments of a table, its columns and the given constraints, as one paragraph.
  ///
  /// - Parameter parent: finds the tables it inherits from.
  static func paragraph(
    of table: Table, constraints: [(name: String, comment: Comment?)],
    indexes: [(name: String, comment: Comment?)] = [], parent: (ObjectName) -> Table? = { _ in nil }
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(table.name)
    let kind = table.foreignServer == nil ? "TABLE" : "FOREIGN TABLE"
    var statements = statement(on: "\(kind) \(name)", table.comment)
    for column in table.columns {
      statements += statement(on: "COLUMN \(name).\(dialect.identifier(column.name))", column.comment)
    }
    for constraint in constraints {
      statements += onConstraint(constraint.name, of: table.name, constraint.comment)
    }
    for column in table.columns where column.isNotNull && column.notNull.comment != nil {
      let name = InheritedShape.nameOfNotNull(column, of: table, parent: parent)
      statements += onConstraint(name, of: table.name, column.notNull.comment)
    }
    for index in indexes { statements += onIndex(index.name, of: table.name, index.comment) }
    return paragraph(statements)
  }

  /// `COMMENT ON CONSTRAINT` for a table's constraint.
  package static func onConstraint(
    _ constraint: String, of table: ObjectName, _ comment: Comment?
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return statement(
      on: "CONSTRAINT \(dialect.identifier(constraint)) ON \(dialect.name(table))", comment)
  }

  /// `COMMENT ON INDEX` for an index of a table.
  static func onIndex(_ index: String, of table: ObjectName, _ comment: Comment?) -> [String] {
    statement(on: "INDEX \(SQLDialect.postgreSQL.name(ObjectName(schema: table.schema, index)))", comment)
  }

  /// Statements one below the other as one paragraph, or none.
  static func paragraph(_ statements: [String]) -> [String] {
    statements.isEmpty ? [] : [statements.joined(separator: "\n")]
  }

  /// A comment as `--` lines, each at the given indentation and ended by a line break.
  static func lines(_ comment: Comment?, indentation: String = "") -> String {
    guard let comment else { return "" }
    return comment.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        indentation + (line.isEmpty ? "--" : "-- " + String(decoding: line, as: UTF8.self)) + "\n"
      }
      .joined()
  }

  /// A text on one line, so that it stays inside a `--` comment.
  static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 })
    return String(scalars)
  }
}
