import SchemaModel

/// How rows that do not allow each other are found (PostgreSQL only).
struct ConflictSearch: Hashable, Sendable {
  private let table: Table
  private let rows: String
  private let keys: [IndexKey]
  private let operators: [String]
  private let method: String
  private let filter: String
  private let identity: RowIdentity
  /// A condition on `r` that is true for rows that are not allowed by themselves.
  let impossible: String?

  /// - Parameters:
  ///   - operators: one for each key, true where two rows conflict.
  ///   - method: of an index that finds them.
  ///   - impossible: a condition on `r` that is true for rows that are not allowed by themselves.
  init(
    _ keys: [IndexKey], _ operators: [String], method: String, predicate: String? = nil,
    impossible: String? = nil, in table: Table, _ alone: Bool
  ) {
    let dialect = SQLDialect.postgreSQL
    self.table = table
    self.keys = keys
    self.operators = operators
    self.method = method
    self.impossible = impossible
    rows = dialect.rows(of: table, alone: alone)
    filter = predicate.map { " WHERE \(dialect.parenthesised($0))" } ?? ""
    identity = RowIdentity(of: table, in: dialect)
  }

  /// A condition on `r`: true for a row that conflicts with one before it in every key, or is not allowed by itself.
  var predicate: String {
    let later = "\(identity.value(of: "r")) IN (SELECT \(identity.list(of: "b")) \(pairs))"
    return impossible.map { "(\(later) OR \($0))" } ?? later
  }

  /// `FROM` on: rows `a` before rows `b` that conflict with them.
  private var pairs: String {
    let dialect = SQLDialect.postgreSQL
    let values = keys.enumerated().map { place, key in
      "\(key.value(in: dialect)) AS plumb_key\(place + 1)"
    }
    let keyed = "(SELECT \(([identity.list()] + values).joined(separator: ", ")) FROM \(rows)\(filter))"
    let conflicts = operators.enumerated().map { place, sign in
      "a.plumb_key\(place + 1) \(sign) b.plumb_key\(place + 1)"
    }
    let isBefore = "\(identity.value(of: "a")) < \(identity.value(of: "b"))"
    return "FROM \(keyed) AS a JOIN \(keyed) AS b ON \((conflicts + [isBefore]).joined(separator: " AND "))"
  }

  // MARK: - Within a transaction that may build

  /// Statements that remember all pairs in `plumb_conflict`, and their later rows in `plumb_found`.
  ///
  /// An index like that of the constraint, for as long as that takes: without one every row would be held against every other.
  var find: [String] {
    let dialect = SQLDialect.postgreSQL
    let columns = keys.map { IndexSQL.key($0, in: dialect) }.joined(separator: ", ")
    let (earlier, later) = (list("a", "plumb_earlier"), list("b", "plumb_later"))
    let places = identity.columns.indices
    let found = places.map { "plumb_later\($0 + 1) AS plumb_found\($0 + 1)" }.joined(separator: ", ")
    let alone = impossible.map {
      " UNION SELECT \(list("r", "plumb_found")), true FROM \(rows) AS r WHERE \($0)"
    }
    return [
      "CREATE INDEX plumb_conflict_search ON \(rows) USING \(dialect.identifier(method)) (\(columns))\(filter)",
      "CREATE TEMP TABLE plumb_conflict ON COMMIT DROP AS SELECT \(earlier), \(later) \(pairs)",
      "DROP INDEX \(dialect.name(ObjectName(schema: table.name.schema, "plumb_conflict_search")))",
      """
      CREATE TEMP TABLE \(SetAsideSQL.found) ON COMMIT DROP AS \
      SELECT \(found), false AS plumb_goes FROM pg_temp.plumb_conflict\(alone ?? " GROUP BY 1, 2")
      """,
      "ANALYZE pg_temp.plumb_conflict", "ANALYZE pg_temp.\(SetAsideSQL.found)",
    ]
  }

  /// Statements that say of further found rows whether they go; repeated until none changes a row.
  ///
  /// A row goes that conflicts with one that stays; a row stays that conflicts only with rows that go. The earliest row
  /// of which neither is said yet is told each time.
  var settle: [String] {
    func same(_ name: String, _ found: String) -> String {
      identity.columns.indices.map { "c.\(name)\($0 + 1) = \(found).plumb_found\($0 + 1)" }
        .joined(separator: " AND ")
    }
    let found = "pg_temp.\(SetAsideSQL.found)"
    let conflicts = "SELECT FROM pg_temp.plumb_conflict AS c"
    return [
      """
      UPDATE \(found) AS f SET plumb_goes = true WHERE NOT f.plumb_goes AND EXISTS (\(conflicts) \
      WHERE \(same("plumb_later", "f")) AND NOT EXISTS (SELECT FROM \(found) AS e WHERE \(same("plumb_earlier", "e"))))
      """,
      """
      DELETE FROM \(found) AS f WHERE NOT f.plumb_goes AND NOT EXISTS (\(conflicts) JOIN \(found) AS e \
      ON \(same("plumb_earlier", "e")) WHERE \(same("plumb_later", "f")) AND NOT e.plumb_goes)
      """,
    ]
  }

  private func list(_ alias: String, _ name: String) -> String {
    identity.columns.enumerated().map { "\(alias).\($1) AS \(name)\($0 + 1)" }.joined(separator: ", ")
  }
}
