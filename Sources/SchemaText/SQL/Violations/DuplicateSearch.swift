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
    let shared = keys == nil ? sharedKeys : nil
    let filter = Self.filter(
      conditions + (keys.map { [key.isAny(of: $0)] } ?? shared.map { [$0.condition] } ?? []))
    // Keys and predicate stand where nothing but the table, under its own name, can lend them a name.
    let numbered =
      "\(shared?.query ?? "")SELECT \(identity.list()), \(place) AS plumb_place FROM \(rows)\(filter)"
    let later = "FROM (\(numbered)) AS d WHERE d.plumb_place > 1"
    // Places in one table are visited; rows of several have to be looked for among all.
    return dialect.engine == .postgreSQL && isInOneTable
      ? "r.ctid = ANY (ARRAY(SELECT d.ctid \(later)))"
      : "\(identity.value(of: "r")) IN (SELECT \(identity.list(of: "d")) \(later))"
  }

  /// The keys that several rows share, where it helps to know them, and a condition: the row has one of them.
  ///
  /// PostgreSQL finds these by hashing, for a third of what it costs to sort all rows; left to plan it as one, it would
  /// have every parallel worker hash all rows.
  private var sharedKeys: (query: String, condition: String)? {
    guard dialect.engine == .postgreSQL, isPlain else { return nil }
    let list = key.values.joined(separator: ", ")
    return (
      "WITH plumb_shared AS MATERIALIZED (SELECT \(list) FROM \(rows)\(Self.filter(conditions)) "
        + "GROUP BY \(list) HAVING count(*) > 1) ",
      "(\(list)) IN (SELECT * FROM plumb_shared)"
    )
  }

  private static func filter(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
  }
}
