import SchemaModel
import SchemaText

/// Going on where an interrupted run of the same restore ended.
extension PostgresRestore {
  package func finished(_ step: RestoreJournal.Step) -> String? { journal.detail(of: step) }

  package func remember(_ step: RestoreJournal.Step, _ detail: String) throws(EngineError) {
    guard options.identity != nil else { return }
    try connection.execute(RestoreJournal.statement(step, detail: detail))
  }

  /// Takes the journal away: everything is restored and was looked at.
  package func endJournal() throws(EngineError) {
    if options.identity != nil { try RestoreJournal.end(on: connection) }
  }

  /// The journal of this restore, made now if it begins; nobody else restores into the database from here on.
  static func journal(
    of identity: String, on connection: PostgresConnection
  ) throws(EngineError) -> RestoreJournal {
    try holdDatabase(on: connection)
    if let journal = try RestoreJournal(on: connection), journal.identity == identity {
      try endForsakenSessions(on: connection)
      guard journal.detail(of: .tables) == nil else { return journal }
      // Half of the structure is of no use, and quickly made anew.
      try PostgresDatabaseSetup.emptyDatabase(at: connection.place)
    }
    try RestoreJournal.begin(identity, on: connection)
    return RestoreJournal()
  }

  /// Takes up what an earlier run left: rules that are off, keys that are there, what is built.
  func resume() throws(EngineError) {
    guard journal.identity != nil else { return }
    let built = journal.details(of: .build)
    unbuilt.removeAll { built["\($0.id)"] != nil }
    if let detail = finished(.relaxed) {
      rules.resume(try RestoreJournal.value(JournaledRules.self, in: detail))
    }
    for row in try connection.rows(
      """
      SELECT n.nspname, c.relname, k.conname, k.convalidated
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND k.conparentid = 0
      """)
    {
      let names = row.compactMap(\.self)
      guard names.count == 4 else { continue }
      let reference = ConstraintReference(
        kind: .foreignKey, table: ObjectName(schema: names[0], names[1]), name: names[2])
      foreignKeys[reference] = names[3] == "t" ? .checked : .unchecked
    }
  }

  /// Tables that are still to be loaded, emptied where a part of them may be there, and the rows of the others.
  func splitByJournal(
    _ tables: [PostgresLoader.Table]
  ) throws(EngineError) -> (unloaded: [PostgresLoader.Table], loaded: [LoadedRows]) {
    guard journal.identity != nil else { return (tables, []) }
    let known = journal.details(of: .rows)
    // Rows that find each its partition can only be taken back with all of the partitioned table.
    let scattered = Set(
      tables.filter { $0.goesThroughRoot && known["\($0.entry.id)"] == nil }
        .map { root(of: $0.table.name) })
    var unloaded: [PostgresLoader.Table] = []
    var loaded: [LoadedRows] = []
    for table in tables {
      if let detail = known["\(table.entry.id)"],
        !scattered.contains(root(of: table.table.name))
      {
        let journaled = try RestoreJournal.value(JournaledRows.self, in: detail)
        var rows = LoadedRows(digest: journaled.digest, moments: PrintedMoments(in: table.table))
        rows.moments.add(samples: journaled.moments)
        loaded.append(rows)
      } else {
        unloaded.append(table)
        try connection.execute("TRUNCATE TABLE ONLY \(SQLDialect.postgreSQL.name(table.table.name))")
      }
    }
    return (unloaded, loaded)
  }

  /// Checks and NOT NULLs that an interrupted run had put back.
  func rulesThatAreBack() throws(EngineError) -> Set<ConstraintReference> {
    guard journal.identity != nil else { return [] }
    let rows = try connection.rows(
      """
      SELECT n.nspname, c.relname, 'check', k.conname
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'c'
      UNION ALL
      SELECT n.nspname, c.relname, 'column', a.attname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attnum > 0 AND a.attnotnull
      """)
    return Set(
      rows.compactMap { row in
        let names = row.compactMap(\.self)
        guard names.count == 4 else { return nil }
        return ConstraintReference(
          kind: names[2] == "check" ? .checkConstraint : .column,
          table: ObjectName(schema: names[0], names[1]), name: names[3])
      })
  }

  /// Rules of domains that an interrupted run had put back.
  func domainRulesThatAreBack() throws(EngineError) -> Set<DomainRule> {
    guard journal.identity != nil else { return [] }
    let rows = try connection.rows(
      """
      SELECT n.nspname, t.typname, k.conname
      FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE k.contype = 'c'
      UNION ALL
      SELECT n.nspname, t.typname, NULL
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND t.typnotnull
      """)
    return Set(
      rows.compactMap { row in
        guard row.count == 3, let schema = row[0], let name = row[1] else { return nil }
        return DomainRule(domain: ObjectName(schema: schema, name), check: row[2])
      })
  }

  // MARK: - Alone in the database

  /// Two restores into one database would each undo what the other does.
  private static func holdDatabase(on connection: PostgresConnection) throws(EngineError) {
    // What a run that was killed still has open ends within seconds.
    for attempt in 0..<40 {
      if attempt > 0 { try connection.execute("SELECT pg_sleep(0.25)") }
      let row = try connection.rows("SELECT pg_try_advisory_lock(hashtext('plumb restore'), 0)").first
      if row?.first == "t" { return }
    }
    throw EngineError(
      .refused, "another restore is filling the database \(connection.databaseName)",
      hint: "Wait until it has ended, or restore into another database.")
  }

  /// Ends what an interrupted run has left on the server, such as an index that is still being built.
  ///
  /// A person who only looks, with psql, is left alone.
  private static func endForsakenSessions(on connection: PostgresConnection) throws(EngineError) {
    let forsaken = """
      FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
      AND usename = current_user AND (application_name = 'pg_restore' \
      OR application_name IN ('plumb', 'psql') AND state <> 'idle')
      """
    try connection.execute("SELECT pg_terminate_backend(pid) \(forsaken)")
    for _ in 0..<120 {
      if try connection.rows("SELECT 1 \(forsaken)").isEmpty { return }
      try connection.execute("SELECT pg_sleep(0.25)")
    }
  }
}
