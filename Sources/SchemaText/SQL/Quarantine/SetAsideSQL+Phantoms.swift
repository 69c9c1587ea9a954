import SchemaModel

extension SetAsideSQL {
  /// Makes the rows that the found rows refer to and records them in their table's quarantine; the last statement
  /// reports how many.
  ///
  /// - Parameters:
  ///   - parent: the table the rows are made in.
  ///   - sources: from ``PhantomPlan``.
  package func makePhantoms(
    _ parent: Table, _ sources: [PhantomPlan.Source], for query: ViolationQuery, of table: Table
  ) -> [String] {
    let given = sources.compactMap { source -> (column: String, child: String)? in
      if case .child(let child) = source.value { (source.column, child) } else { nil }
    }
    let keys = given.enumerated().map { "r.\(dialect.identifier($1.child)) AS plumb_key\($0 + 1)" }
    let complete = given.map { "r.\(dialect.identifier($0.child)) IS NOT NULL" }
    let missing = """
      SELECT DISTINCT \(keys.joined(separator: ", ")) FROM \(query.from) JOIN \(foundTable) AS f ON \(isFound(table))
      WHERE \(complete.joined(separator: " AND "))
      """
    var place = 0
    let values = sources.map { source -> String in
      switch source.value {
      case .child:
        place += 1
        return "k.plumb_key\(place)"
      case .expression(let expression): return expression
      }
    }
    let columns = dialect.identifiers(sources.map(\.column))
    let select = """
      SELECT \(values.joined(separator: ", "))
      FROM (SELECT m.*, row_number() OVER () AS plumb_number FROM (\(missing)) AS m) AS k
      """
    let reason = "a row that \(table.name) refers to by \(query.constraint.name) was missing, and was made"
    switch engine {
    case .postgreSQL:
      return [
        """
        WITH made AS (
          INSERT INTO \(dialect.name(parent.name)) AS p (\(columns)) OVERRIDING SYSTEM VALUE
          \(select) RETURNING p.*
        )
        \(insert(into: parent))
        SELECT \(evidenceOfPhantoms(query, reason, of: parent, from: "made")) FROM made
        """
      ]
    case .sqlite:
      // Whatever has such a key now was made just now: it was missing before.
      let isMade = given.map { "p.\(dialect.identifier($0.column)) = +r.\(dialect.identifier($0.child))" }
      return [
        "INSERT INTO \(dialect.name(parent.name)) (\(columns)) \(select)",
        """
        \(insert(into: parent))
        SELECT \(evidenceOfPhantoms(query, reason, of: parent, from: "p")) FROM \(dialect.name(parent.name)) AS p
        WHERE EXISTS (SELECT 1 FROM \(query.from) JOIN \(foundTable) AS f ON \(isFound(table))
          WHERE \(isMade.joined(separator: " AND ")))
        """,
      ]
    }
  }

  /// As ``values(_:_:_:of:from:)``, with a reason that tells of the row that was made.
  private func evidenceOfPhantoms(
    _ query: ViolationQuery, _ reason: String, of parent: Table, from alias: String
  ) -> String {
    var query = query
    query.reason = reason
    return values(query, .phantom, [], of: parent, from: alias)
  }
}
