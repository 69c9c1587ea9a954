import SchemaModel
import SchemaText

extension PostgresRestore {
  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    // What locks its table whole is built one after the other there, and before the plain indexes, which can
    // be built side by side: so nothing ever waits for a lock, and no lock's time limit ends the restore.
    let locking = Dictionary(grouping: unbuilt.filter(\.locksTable)) { tableEntry(of: $0)?.id ?? $0.id }
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
      let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
      if key.isVouchedFor, keptConstraints.contains(reference) {
        try connection.execute(entry.definition.addingNotValid)
      } else if !key.isVouchedFor || isOfPartitions {
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
    guard let made = tableEntry(of: entry),
      let table = tablesByName[ObjectName(schema: made.schema, made.name)]
    else {
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

  /// The entry of the table, or materialized view, that a key or index is built on.
  private func tableEntry(of entry: ArchiveContents.Entry) -> ArchiveContents.Entry? {
    let dependencies = Set(entry.dependencies)
    let tables = contents.entries.filter { candidate in
      dependencies.contains(candidate.id)
        && (candidate.kind == "TABLE" || candidate.kind == "MATERIALIZED VIEW")
    }
    return tables.first { entry.name.hasPrefix("\($0.name) ") } ?? tables.first
  }

  private func foreignKey(of entry: ArchiveContents.Entry) -> (Table, ForeignKey)? {
    for table in schema.tables where table.name.schema == entry.schema {
      for key in table.foreignKeys where entry.name == "\(table.name.name) \(key.name)" {
        return (table, key)
      }
    }
    return nil
  }
}

extension PostgresConnection {
  /// Runs an entry's statement in its tablespace; false when rows violate what it builds.
  fileprivate func builds(_ entry: ArchiveContents.Entry, usesTablespaces: Bool) throws(EngineError) -> Bool {
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
  fileprivate var locksTable: Bool { kind == "CONSTRAINT" || definition.contains("\nALTER TABLE ") }
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
