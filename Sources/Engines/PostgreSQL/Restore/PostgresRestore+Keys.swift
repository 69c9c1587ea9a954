import SchemaModel
import SchemaText

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
    let isJournaled = options.identity != nil
    return try translatingFailures(of: "keys and indexes were built") {
      try ParallelWork.run(
        jobs, workers: workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, entries in
          try entries.filter { entry in
            try !connection.builds(entry, usesTablespaces: usesTablespaces, isJournaled: isJournaled)
          }
        }
      ).flatMap(\.self)
    }
  }

  /// The model's names for what an entry builds: its own or, on a partition, those it may be a share of.
  func references(to entry: ArchiveContents.Entry) -> [ConstraintReference] {
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
}

extension PostgresConnection {
  /// Runs an entry's statement in its tablespace; false when rows violate what it builds.
  func builds(
    _ entry: ArchiveContents.Entry, usesTablespaces: Bool, isJournaled: Bool
  ) throws(EngineError) -> Bool {
    if usesTablespaces {
      try execute("SET default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace))")
    }
    do throws(EngineError) {
      // Several statements in one are one transaction.
      let note = isJournaled ? "\n" + RestoreJournal.statement(.build, "\(entry.id)") : ""
      try execute(entry.definition + note, of: entry)
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
