extension SQLiteConnection {
  /// Runs the body in one read transaction: everything it reads is of one moment.
  ///
  /// Inside a transaction that is open already it joins that one. The body writes nothing. A shared lock
  /// is held until it returns; see ``SQLiteConnection`` for what that means to writers.
  package func withSnapshot<Result: ~Copyable>(
    _ body: () throws(EngineError) -> Result
  ) throws(EngineError) -> Result {
    guard !isInTransaction else { return try body() }
    try execute("BEGIN")
    do {
      // BEGIN alone takes no snapshot: the first read does.
      try execute("SELECT count(*) FROM sqlite_schema")
      let result = try body()
      endSnapshot()
      return result
    } catch {
      endSnapshot()
      throw error
    }
  }
}
