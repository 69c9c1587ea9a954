import SchemaModel

/// One look at a table that tells how many rows break each of some constraints that concern a row alone.
package struct BrokenRules: Hashable, Sendable {
  /// One row for each combination of constraints that rows break: how many do, and of each constraint whether they do.
  package let sql: String
  private let rows: String
  private let constraints: [ConstraintReference]
  private let truth: String

  /// - Parameter queries: all of one table; none is about other rows.
  package init?(_ queries: [ViolationQuery]) {
    guard let first = queries.first else { return nil }
    constraints = queries.map(\.constraint)
    truth = first.engine == .postgreSQL ? "t" : "1"
    // Mostly no row breaks any, and to ask for any costs less than to ask for each.
    rows =
      queries.map { "(\($0.predicate))" }.joined(separator: ", ")
      + " FROM \(first.from) WHERE \(ViolationQuery.any(of: queries))"
    let numbers = queries.indices.map { "\($0 + 2)" }.joined(separator: ", ")
    sql = "SELECT count(*), \(rows) GROUP BY \(numbers)"
  }

  /// A row for each that breaks any: its place in the table (`ctid`), and of each constraint whether it does.
  package func placesSQL(limit: Int) -> String { "SELECT r.ctid, \(rows) LIMIT \(limit)" }

  /// The places of the rows that break each constraint, none left out, by the rows of ``placesSQL(limit:)``.
  package func places(in rows: [[String?]]) -> [ConstraintReference: [String]] {
    var places = Dictionary(constraints.map { ($0, [String]()) }, uniquingKeysWith: { one, _ in one })
    for row in rows {
      guard let place = row.first.flatMap({ $0 }) else { continue }
      for (constraint, isBroken) in zip(constraints, row.dropFirst()) where isBroken == truth {
        places[constraint]?.append(place)
      }
    }
    return places
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
