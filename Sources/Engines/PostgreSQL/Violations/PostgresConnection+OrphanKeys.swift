import SchemaText

extension PostgresConnection {
  /// Of more keys, the rows are looked for once more and not by their keys.
  private static let mostOrphanKeys = 10_000

  package func orphanKeys(
    violating query: ViolationQuery, merging: Bool
  ) throws(EngineError) -> [[String]]? {
    guard usesIndexes, let sql = query.keysSQL(limit: Self.mostOrphanKeys + 1) else { return nil }
    if merging { try joinByMerging(only: true) }
    defer { if merging { try? joinByMerging(only: false) } }
    let found = try merging ? fewRows(sql) : rows(sql)
    let keys = found.map { $0.compactMap(\.self) }
    // A NULL is no value to look for.
    guard keys.count <= Self.mostOrphanKeys, keys.allSatisfy({ $0.count == query.affectedColumns.count })
    else { return nil }
    return Array(Set(keys))
  }

  /// Runs a query that asks all rows of a table and returns few of them, which the planner cannot know.
  func fewRows(_ sql: String) throws(EngineError) -> [[String?]] {
    try execute("SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0")
    defer { try? execute("RESET parallel_setup_cost; RESET parallel_tuple_cost") }
    return try rows(sql)
  }

  /// Keeps the planner from hashing and sorting what indexes have in order.
  func joinByMerging(only: Bool) throws(EngineError) {
    let others = only ? "off" : "on"
    try execute("SET enable_hashjoin = \(others); SET enable_sort = \(others)")
  }
}
