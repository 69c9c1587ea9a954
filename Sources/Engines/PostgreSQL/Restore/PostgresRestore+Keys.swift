import SchemaModel
import SchemaText
import Synchronization

extension PostgresRestore {
  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    // What locks its table whole is built one after the other there, and before the plain indexes, which can
    // be built side by side: so nothing ever waits for a lock, and no lock's time limit ends the restore.
    let locking = Dictionary(grouping: unbuilt.filter(\.locksTable)) {
      $0.subject ?? ObjectName(schema: $0.schema, $0.name)
    }
    let sideBySide = unbuilt.filter { !$0.locksTable }.map { [$0] }
    let refused = try build(locking.values.sorted { $0.count > $1.count }) + build(sideBySide)
    unbuilt = refused
    guard refused.isEmpty else { return refused.flatMap(references(to:)) }
    for entry in contents.entries where entry.kind == "INDEX ATTACH" {
      try connection.execute(entry.definition, of: entry)
    }
    return []
  }

  /// Builds several lists of entries at once, each in its order; the entries that rows violate.
  private func build(_ jobs: [[ArchiveContents.Entry]]) throws(EngineError) -> [ArchiveContents.Entry] {
    let place = place
    let purpose = purpose
    let usesTablespaces = !options.isStaging
    let workers = options.workers
    return try translatingFailures(of: "keys and indexes were built") {
      try ParallelWork.run(
        jobs, workers: workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, entries in
          try entries.filter { entry in
            try !connection.builds(entry, usesTablespaces: usesTablespaces)
          }
        }
      ).flatMap(\.self)
    }
  }

  package func enforceForeignKeysAtOnce() throws(EngineError) -> Set<ConstraintReference>? {
    let outcome = try addForeignKeys(stopsAtViolation: true)
    guard outcome.isRefused else { return nil }
    // Whatever is set aside now must neither be refused nor cascade: what was added goes again.
    for (table, name) in outcome.added {
      try connection.execute(
        "ALTER TABLE \(SQLDialect.postgreSQL.name(table)) DROP CONSTRAINT \(SQLDialect.postgreSQL.identifier(name))"
      )
    }
    return outcome.validated
  }

  package func enforceForeignKeys() throws(EngineError) {
    _ = try addForeignKeys(stopsAtViolation: false)
  }

  /// What came of adding every foreign key.
  private struct ForeignKeyOutcome: Sendable {
    /// Keys that are there now, in the order in which they were added.
    var added: [(table: ObjectName, name: String)] = []
    /// Those of them that every row was checked against.
    var validated: Set<ConstraintReference> = []
    var isRefused = false
  }

  /// Adds every foreign key and has the server check every row against it.
  ///
  /// - Parameter stopsAtViolation: whether the first orphan ends it, as a result and not as an error.
  private func addForeignKeys(stopsAtViolation: Bool) throws(EngineError) -> ForeignKeyOutcome {
    var outcome = ForeignKeyOutcome()
    // Adding takes a lock on both tables and checks nothing, so it is done at once; checking locks so
    // little that the keys of one parent can be checked side by side.
    var toValidate: [(table: Table, key: ForeignKey)] = []
    for entry in contents.entries where entry.kind == "FK CONSTRAINT" {
      guard let (table, key) = foreignKey(of: entry) else {
        try connection.execute(entry.definition, of: entry)
        continue
      }
      // A key from or to a partitioned table has a share on every partition, which VALIDATE would leave out.
      let isOfPartitions =
        table.partitionKey != nil || tablesByName[key.referencedTable]?.partitionKey != nil
      let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
      if key.isVouchedFor, keptConstraints.contains(reference) {
        try connection.execute(entry.definition.addingNotValid, of: entry)
      } else if !key.isVouchedFor || isOfPartitions {
        do throws(EngineError) {
          try connection.execute(entry.definition, of: entry)
        } catch {
          guard stopsAtViolation, error.kind == .violation else { throw error }
          outcome.isRefused = true
          return outcome
        }
      } else {
        try connection.execute(entry.definition.addingNotValid, of: entry)
        toValidate.append((table, key))
      }
      outcome.added.append((table.name, key.name))
    }
    let validation = try validate(toValidate, stopsAtViolation: stopsAtViolation)
    outcome.validated = validation.validated
    outcome.isRefused = validation.isRefused
    return outcome
  }

  /// Checks every row against keys, those of different tables side by side.
  private func validate(
    _ keys: [(table: Table, key: ForeignKey)], stopsAtViolation: Bool
  ) throws(EngineError) -> (validated: Set<ConstraintReference>, isRefused: Bool) {
    // A table's keys one after the other: checking locks the table against checking another.
    let jobs = Dictionary(grouping: keys) { $0.table.name }
      .sorted { (work(of: $0.value), $1.key) > (work(of: $1.value), $0.key) }
      .map { table, keys in
        keys.map { ConstraintReference(kind: .foreignKey, table: table, name: $0.key.name) }
      }
    let place = place
    let purpose = purpose
    let outcome = Mutex((validated: Set<ConstraintReference>(), isRefused: false))
    _ = try translatingFailures(of: "foreign keys were enforced") {
      try ParallelWork.run(
        jobs, workers: options.workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, keys in
          for key in keys where !outcome.withLock({ $0.isRefused }) {
            do throws(EngineError) {
              try connection.execute(
                """
                ALTER TABLE \(SQLDialect.postgreSQL.name(key.table)) \
                VALIDATE CONSTRAINT \(SQLDialect.postgreSQL.identifier(key.name))
                """)
              outcome.withLock { _ = $0.validated.insert(key) }
            } catch {
              guard stopsAtViolation, error.kind == .violation else { throw error }
              outcome.withLock { $0.isRefused = true }
            }
          }
        })
    }
    return outcome.withLock { $0 }
  }

  /// How much a table's keys cost to check, compared with others: its rows are read once for each.
  private func work(of keys: [(table: Table, key: ForeignKey)]) -> Int {
    keys.reduce(0) { $0 + (byteCounts[$1.table.name] ?? 0) + (byteCounts[$1.key.referencedTable] ?? 0) }
  }

  /// The model's names for what an entry builds: its own or, on a partition, those it may be a share of.
  private func references(to entry: ArchiveContents.Entry) -> [ConstraintReference] {
    guard let table = entry.subject.flatMap({ tablesByName[$0] }) else {
      return [
        ConstraintReference(
          kind: .index, table: ObjectName(schema: entry.schema, entry.name), name: entry.name)
      ]
    }
    let own = table.uniquenessReferences.filter { reference in
      // pg_dump calls a constraint `table constraint` and an index by its own name.
      entry.name == (reference.kind == .index ? reference.name : "\(table.name.name) \(reference.name)")
    }
    return own.isEmpty ? lineage(of: table).dropLast().flatMap(\.uniquenessReferences) : own
  }

  private func foreignKey(of entry: ArchiveContents.Entry) -> (Table, ForeignKey)? {
    guard let table = entry.subject.flatMap({ tablesByName[$0] }),
      let key = table.foreignKeys.first(where: { entry.name == "\(table.name.name) \($0.name)" })
    else { return nil }
    return (table, key)
  }
}

extension PostgresConnection {
  /// Runs an entry's statement in its tablespace; false when rows violate what it builds.
  func builds(_ entry: ArchiveContents.Entry, usesTablespaces: Bool) throws(EngineError) -> Bool {
    if usesTablespaces {
      try execute("SET default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace))")
    }
    do throws(EngineError) {
      try execute(entry.definition, of: entry)
      return true
    } catch  where error.kind == .violation {
      return false
    }
  }
}

extension ArchiveContents.Entry {
  /// Whether building it keeps everything else off the table: all constraints, and indexes whose statement
  /// goes on to alter the table (`CLUSTER ON`, `REPLICA IDENTITY`).
  var locksTable: Bool { kind == "CONSTRAINT" || definition.contains("\nALTER TABLE ") }
}

extension Table {
  /// What forbids two rows to be alike.
  fileprivate var uniquenessReferences: [ConstraintReference] {
    keys.map { ConstraintReference(kind: $0.kind, table: name, name: $0.name) }
      + exclusions.map { ConstraintReference(kind: .exclusionConstraint, table: name, name: $0.name) }
      + indexes.map { ConstraintReference(kind: .index, table: name, name: $0.name) }
  }
}

extension String {
  /// The statement with NOT VALID before its closing semicolon.
  fileprivate var addingNotValid: String {
    guard let end = lastIndex(of: ";") else { return self + " NOT VALID" }
    return self[..<end] + " NOT VALID" + self[end...]
  }
}
