import SchemaModel
import SchemaText

extension PostgresRestore {
  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    // What locks its table whole is built one after the other there, and before the plain indexes, which can
    // be built side by side: so nothing ever waits for a lock, and no lock's time limit ends the restore.
    let locking = Dictionary(grouping: unbuilt.filter(\.locksTable)) { $0.subject ?? ObjectName(schema: $0.schema, $0.name) }
    let sideBySide = unbuilt.filter { !$0.locksTable }.map { [$0] }
    let refused = try build(locking.values.sorted { $0.count > $1.count }) + build(sideBySide)
    unbuilt = refused
    guard refused.isEmpty else { return refused.flatMap(references(to:)) }
    for entry in contents.entries where entry.kind == "INDEX ATTACH" {
      try connection.execute(entry.definition)
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

  package func enforceForeignKeys() throws(EngineError) {
    let keys = contents.entries.filter { $0.kind == "FK CONSTRAINT" }
    // Adding takes a lock on both tables and checks nothing, so it is done at once; checking locks so
    // little that the keys of one parent can be checked side by side.
    var toValidate: [(table: ObjectName, name: String)] = []
    for entry in keys {
      guard let (table, key) = foreignKey(of: entry) else {
        try connection.execute(entry.definition)
        continue
      }
      // A key from or to a partitioned table has a share on every partition, which VALIDATE would leave out.
      let isOfPartitions =
        table.partitionKey != nil || tablesByName[key.referencedTable]?.partitionKey != nil
      if !key.isVouchedFor || isOfPartitions {
        try connection.execute(entry.definition)
      } else {
        try connection.execute(entry.definition.addingNotValid)
        toValidate.append((table.name, key.name))
      }
    }
    let byTable = Dictionary(grouping: toValidate, by: \.table).mapValues { $0.map(\.name) }
    let jobs = byTable.sorted { $0.value.count > $1.value.count }.map { table, names in
      names.map { name in
        "ALTER TABLE \(SQLDialect.postgreSQL.name(table)) VALIDATE CONSTRAINT \(SQLDialect.postgreSQL.identifier(name))"
      }
    }
    let place = place
    let purpose = purpose
    let workers = options.workers
    _ = try translatingFailures(of: "foreign keys were enforced") {
      try ParallelWork.run(
        jobs, workers: workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, statements in
          for statement in statements { try connection.execute(statement) }
        })
    }
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
      try execute(entry.definition)
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
