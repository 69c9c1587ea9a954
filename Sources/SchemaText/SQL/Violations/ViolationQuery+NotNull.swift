import SchemaModel

extension ViolationQuery {
  /// The rows whose column is NULL.
  ///
  /// Both engines answer `IS NULL` from the catalog where the column is declared NOT NULL (SQLite, and
  /// PostgreSQL from 17), so the value is asked by a function. PostgreSQL's also leaves a composite value
  /// of nothing but NULLs alone, as the constraint does.
  package static func notNull(
    _ column: Column, of table: Table, engine: DatabaseEngine, alone: Bool = false
  ) -> ViolationQuery {
    let dialect = SQLDialect(engine)
    let value = "r.\(dialect.identifier(column.name))"
    let predicate =
      switch engine {
      case .postgreSQL: "num_nulls(\(value)) = 1"
      case .sqlite: "typeof(\(value)) = 'null'"
      }
    var query = ViolationQuery(
      of: table, kind: .column, name: column.name, predicate: predicate,
      reason: "\(column.name) is null", columns: [column.name], alone: alone, in: dialect)
    query.isNotNull = true
    return query
  }
}
