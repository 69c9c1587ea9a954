import SchemaModel

extension PostgresConnection {
  /// Runs `body` in one read-only REPEATABLE READ transaction: everything in it sees one moment.
  ///
  /// - Parameter snapshot: one exported by another connection, to see the very same moment.
  package func inSnapshot<Value>(
    _ snapshot: String? = nil, _ body: () throws(EngineError) -> Value
  ) throws(EngineError) -> Value {
    try execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    do {
      if let snapshot { try execute("SET TRANSACTION SNAPSHOT '\(snapshot)'") }
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // The transaction only read; the error that brought us here is the one to tell.
      _ = try? query("ROLLBACK")
      throw error
    }
  }

  /// Exports the current transaction's snapshot for other connections; valid until the transaction ends.
  func exportSnapshot() throws(EngineError) -> String {
    try query("SELECT pg_export_snapshot()").text(0, 0) ?? ""
  }

  package func schema() throws(EngineError) -> Schema {
    try inSnapshot { () throws(EngineError) in try PostgresCatalog(connection: self).schema() }
  }
}
