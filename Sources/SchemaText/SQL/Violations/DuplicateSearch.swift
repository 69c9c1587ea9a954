import SchemaModel

/// How all but the first of the rows that share a key are found.
struct DuplicateSearch: Hashable, Sendable {
  private let dialect: SQLDialect
  private let rows: String
  private let identity: RowIdentity
  private let isInOneTable: Bool
  private let key: KeyColumns
  private let conditions: [String]

  /// - Parameters:
  ///   - key: what the rows share, in the table's own scope.
  ///   - conditions: on the rows that are looked at.
  init(
    of table: Table, by key: KeyColumns, conditions: [String], _ alone: Bool,
    in dialect: SQLDialect
  ) {
    self.dialect = dialect
    self.key = key
    self.conditions = conditions
    rows = dialect.rows(of: table, alone: alone)
    identity = RowIdentity(of: table, in: dialect)
    isInOneTable = table.partitionKey == nil
  }

  /// A condition on `r` that is true for those rows.
  ///
  /// - Parameter keys: all values that rows may share, as text; `nil` when any may.
  func predicate(among keys: [[String]]?) -> String {
    let place =
      "row_number() OVER (PARTITION BY \(key.values.joined(separator: ", ")) ORDER BY \(identity.list()))"
    let conditions = conditions + (keys.map { [key.isAny(of: $0)] } ?? [])
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    // Keys and predicate stand where nothing but the table, under its own name, can lend them a name.
    let numbered = "SELECT \(identity.list()), \(place) AS plumb_place FROM \(rows)\(filter)"
    let later = "FROM (\(numbered)) AS d WHERE d.plumb_place > 1"
    // Places in one table are visited; rows of several have to be looked for among all.
    return dialect.engine == .postgreSQL && isInOneTable
      ? "r.ctid = ANY (ARRAY(SELECT d.ctid \(later)))"
      : "\(identity.value(of: "r")) IN (SELECT \(identity.list(of: "d")) \(later))"
  }
}
