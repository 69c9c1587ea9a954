import SchemaModel

/// One look at a table that tells how many rows break each of some constraints that concern a row alone.
package struct BrokenRules: Hashable, Sendable {
  /// One row for each combination of constraints that rows break: how many do, and of each constraint whether they do.
  package let sql: String
  private let constraints: [ConstraintReference]
  private let truth: String

  /// - Parameter queries: all of one table; none is about other rows.
  package init?(_ queries: [ViolationQuery]) {
    guard let first = queries.first else { return nil }
    constraints = queries.map(\.constraint)
    truth = first.engine == .postgreSQL ? "t" : "1"
    let columns = (["count(*)"] + queries.map { "(\($0.predicate))" }).joined(separator: ", ")
    let places = queries.indices.map { "\($0 + 2)" }.joined(separator: ", ")
    // Mostly no row breaks any, and to ask for any costs less than to ask for each.
    sql = "SELECT \(columns) FROM \(first.from) WHERE \(ViolationQuery.any(of: queries)) GROUP BY \(places)"
  }

  /// How many rows break each constraint, none left out, by the rows of ``sql``.
  package func rowCounts(in rows: [[String?]]) -> [ConstraintReference: Int] {
    var counts = Dictionary(constraints.map { ($0, 0) }, uniquingKeysWith: { one, _ in one })
    for row in rows {
      let count = row.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
      for (constraint, isBroken) in zip(constraints, row.dropFirst()) where isBroken == truth {
        counts[constraint, default: 0] += count
      }
    }
    return counts
  }
}
