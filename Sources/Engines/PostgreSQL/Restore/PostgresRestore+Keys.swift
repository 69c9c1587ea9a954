import SchemaModel
import SchemaText

extension PostgresRestore {
  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    let place = place
    let purpose = purpose
    let usesTablespaces = !options.isStaging
    let unbuilt = unbuilt
    let workers = options.workers
    let refused = try translatingFailures(of: "keys and indexes were built") {
      try ParallelWork.run(
        unbuilt, workers: workers,
        context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, entry -> ArchiveContents.Entry? in
          do throws(EngineError) {
            try connection.build(entry, usesTablespaces: usesTablespaces)
            return nil
          } catch  where error.kind == .violation {
            return entry
          }
        }
      ).compactMap(\.self)
    }
    self.unbuilt = refused
    guard refused.isEmpty else { return refused.map(reference(to:)) }
    for entry in contents.entries where entry.kind == "INDEX ATTACH" {
      try connection.execute(entry.definition)
    }
    return []
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
      if !key.isValidated || table.partitionKey != nil {
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

  /// The model's name for the key or index of an entry.
  ///
  /// pg_dump calls a constraint `table constraint` and an index by its own name.
  private func reference(to entry: ArchiveContents.Entry) -> ConstraintReference {
    for table in schema.tables where table.name.schema == entry.schema {
      if entry.kind == "INDEX" {
        for index in table.indexes where index.name == entry.name {
          return ConstraintReference(kind: .index, table: table.name, name: index.name)
        }
        continue
      }
      for key in table.keys where entry.name == "\(table.name.name) \(key.name)" {
        return ConstraintReference(kind: key.kind, table: table.name, name: key.name)
      }
      for exclusion in table.exclusions where entry.name == "\(table.name.name) \(exclusion.name)" {
        return ConstraintReference(kind: .exclusionConstraint, table: table.name, name: exclusion.name)
      }
    }
    return ConstraintReference(
      kind: .index, table: ObjectName(schema: entry.schema, entry.name), name: entry.name)
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
  /// Runs an entry's statement in its tablespace.
  fileprivate func build(_ entry: ArchiveContents.Entry, usesTablespaces: Bool) throws(EngineError) {
    if usesTablespaces {
      try execute("SET default_tablespace = \(SQLDialect.postgreSQL.literal(entry.tablespace))")
    }
    try execute(entry.definition)
  }
}

extension String {
  /// The statement with NOT VALID before its closing semicolon.
  fileprivate var addingNotValid: String {
    guard let end = lastIndex(of: ";") else { return self + " NOT VALID" }
    return self[..<end] + " NOT VALID" + self[end...]
  }
}
