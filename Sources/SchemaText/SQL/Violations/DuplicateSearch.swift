import SchemaModel

/// How all but the first of the rows that share a key are found.
struct DuplicateSearch: Hashable, Sendable {
  private let dialect: SQLDialect
  private let rows: String
  private let identity: RowIdentity
  private let isInOneTable: Bool
  private let key: KeyColumns
  private let conditions: [String]
  /// Whether any `=` compares the key's values as the key itself does, and none of them is NULL.
  private let isPlain: Bool

  /// - Parameters:
  ///   - key: what the rows share, in the table's own scope.
  ///   - conditions: on the rows that are looked at.
  ///   - isPlain: whether any `=` compares the key's values as the key itself does, and none of them is NULL.
  init(
    of table: Table, by key: KeyColumns, conditions: [String], isPlain: Bool, _ alone: Bool,
    in dialect: SQLDialect
  ) {
    self.dialect = dialect
    self.key = key
    self.conditions = conditions
    self.isPlain = isPlain
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
    let filter = Self.filter(conditions + (keys.map { [key.isAny(of: $0)] } ?? sharedKeys))
    // Keys and predicate stand where nothing but the table, under its own name, can lend them a name.
    let numbered = "SELECT \(identity.list()), \(place) AS plumb_place FROM \(rows)\(filter)"
    let later = "FROM (\(numbered)) AS d WHERE d.plumb_place > 1"
    // Places in one table are visited; rows of several have to be looked for among all.
    return dialect.engine == .postgreSQL && isInOneTable
      ? "r.ctid = ANY (ARRAY(SELECT d.ctid \(later)))"
      : "\(identity.value(of: "r")) IN (SELECT \(identity.list(of: "d")) \(later))"
  }

  /// A condition, where it helps: the row's key is one of those that several rows share.
  ///
  /// PostgreSQL finds these by hashing, for a third of what it costs to sort all rows.
  private var sharedKeys: [String] {
    guard dialect.engine == .postgreSQL, isPlain else { return [] }
    let list = key.values.joined(separator: ", ")
    return [
      "(\(list)) IN (SELECT \(list) FROM \(rows)\(Self.filter(conditions)) GROUP BY \(list) HAVING count(*) > 1)"
    ]
  }

  private static func filter(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
  }
}
