import SchemaModel
import SchemaText

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

  /// Keeps tables as the snapshot sees them until the transaction ends: nobody can empty, rewrite or drop them.
  ///
  /// A `TRUNCATE` that came between the snapshot and the lock is no part of the snapshot, and yet its rows are gone.
  /// - Throws: `EngineError` of kind `refused` for such a table, of kind `timeout` when somebody holds it locked.
  func holdStill(_ tables: [ObjectName]) throws(EngineError) {
    guard !tables.isEmpty else { return }
    let dialect = SQLDialect.postgreSQL
    try execute(
      "LOCK TABLE ONLY \(tables.map(dialect.name).joined(separator: ", ONLY ")) IN ACCESS SHARE MODE")
    // The catalog's row is the snapshot's; the function tells which file is the table's now.
    let names = tables.map { dialect.literal(dialect.name($0)) }.joined(separator: ", ")
    let rewritten = try query(
      """
      SELECT c.oid::regclass::text FROM pg_class c
      WHERE c.oid IN (SELECT name::regclass FROM unnest(ARRAY[\(names)]) AS name)
        AND c.relfilenode <> pg_relation_filenode(c.oid)
      """
    ).rows.map { $0.text(0) }
    guard rewritten.isEmpty else {
      throw EngineError(
        .refused, "\(rewritten.joined(separator: ", ")) was emptied or rewritten as the backup began",
        hint: "Run it again: the next one sees it as it is now.")
    }
  }

  package func schema(printable: Bool) throws(EngineError) -> Schema {
    do throws(EngineError) {
      return try inSnapshot { () throws(EngineError) in try schemaOfSnapshot(printable: printable) }
    } catch {
      throw namingLocks(error)
    }
  }

  /// Reads the structure within the snapshot that this connection holds.
  func schemaOfSnapshot(printable: Bool = true) throws(EngineError) -> Schema {
    var catalog = PostgresCatalog(connection: self)
    if try isCatalogLarge() {
      catalog.ahead = QueriesAhead(
        catalog.largeQueries, printable: printable, snapshot: try exportSnapshot(), at: place, for: purpose)
    }
    defer { catalog.ahead?.stop() }
    return try catalog.schema(printable: printable)
  }

  /// Whether reading the catalog takes long enough to be worth a second connection: from about 1,000 tables.
  func isCatalogLarge() throws(EngineError) -> Bool {
    try query("SELECT pg_relation_size('pg_catalog.pg_attribute') > 4000000").rows.first?.flag(0) ?? false
  }

  /// When a lock was waited for in vain: the error with the tables that are locked, and by whom.
  func namingLocks(_ error: EngineError) -> EngineError {
    guard error.isLockTimeout else { return error }
    let holders = try? query(
      """
      SELECT format('%I.%I is locked by session %s (%s)', n.nspname, c.relname, l.pid,
        COALESCE(NULLIF(a.application_name, ''), a.usename))
      FROM pg_locks l
      JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.granted
        AND l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'v')
        AND \(PostgresCatalog.isUsers(namespace: "n"))
      ORDER BY 1 LIMIT 5
      """)
    var error = error
    if let lines = holders?.rows.map({ $0.text(0) }), !lines.isEmpty { error.detail = lines }
    return error
  }
}
