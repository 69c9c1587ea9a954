extension PostgresCatalog {
  /// The result of a query in which the server prints queries: those of views, rules, policies and functions.
  ///
  /// The server locks every table they name (ACCESS SHARE) until the transaction ends, so that a migration would wait for
  /// all that is read afterwards. A savepoint that is rolled back in the same breath lets go of them at once.
  func queryWithoutKeepingLocks(_ sql: String) throws(EngineError) -> PostgresResult {
    try connection.query(
      "SAVEPOINT plumb_locks; \(sql); ROLLBACK TO SAVEPOINT plumb_locks; RELEASE SAVEPOINT plumb_locks",
      keepsRows: true)
  }
}
