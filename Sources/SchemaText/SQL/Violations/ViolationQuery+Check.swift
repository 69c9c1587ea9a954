import SchemaModel

extension ViolationQuery {
  /// The rows for which a check's condition is false; one that is neither true nor false is met.
  package static func check(
    _ check: CheckConstraint, of table: Table, engine: DatabaseEngine, alone: Bool = false
  ) -> ViolationQuery {
    let dialect = SQLDialect(engine)
    let tokens = SQLTokens(check.expression, in: dialect)
    let condition = violated(dialect.parenthesised(check.expression), of: table, engine: engine)
    let mentioned = tokens.columns(of: table)
    return ViolationQuery(
      of: table, kind: .checkConstraint, name: check.name,
      predicate: tokens.isQualified(by: table.name.name)
        ? underOwnName(condition, of: table, alone, in: dialect) : condition,
      reason: "the check \(dialect.parenthesised(check.expression)) is false", columns: mentioned,
      alone: alone, in: dialect)
  }

  private static func violated(_ condition: String, of table: Table, engine: DatabaseEngine) -> String {
    switch engine {
    // Over a partitioned table the planner would prove `IS FALSE` impossible from the very constraint.
    case .postgreSQL:
      table.partitionKey == nil ? "\(condition) IS FALSE" : "NOT coalesce(\(condition), true)"
    case .sqlite: "NOT \(condition)"
    }
  }

  /// The condition where the table has its own name: a check may use it, and `r` would hide it.
  private static func underOwnName(
    _ condition: String, of table: Table, _ alone: Bool, in dialect: SQLDialect
  ) -> String {
    let identity = RowIdentity(of: table, in: dialect)
    let rows = "SELECT \(identity.list()) FROM \(dialect.rows(of: table, alone: alone)) WHERE \(condition)"
    return "\(identity.value(of: "r")) IN (\(rows))"
  }
}
