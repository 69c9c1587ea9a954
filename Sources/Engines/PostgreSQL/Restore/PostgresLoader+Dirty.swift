import SchemaModel
import SchemaText
import Synchronization

/// What becomes of a table whose rows violate something, while others are still being loaded.
extension PostgresLoader {
  /// All that rows violate of a table's own rules, and of what is to be built on it as far as that can be told; `nil` when only
  /// the constraints themselves can tell.
  func examine(
    _ table: Table, on connection: PostgresConnection, _ outcome: borrowing Mutex<Outcome>
  ) throws(EngineError) -> DirtyTable? {
    let own = rules.queries(of: table.table)
    let unique = ViolationQuery.all(of: table.table, in: schema).filter { query in
      table.builds.contains { $0.builds(any: [query.constraint], of: schema) }
    }
    let loaded = outcome.withLock { $0.loaded.first { $0.digest.table == table.table.name } }
    var dirty: DirtyTable?
    if let loaded {
      try searchAlone(outcome) { () throws(EngineError) in
        dirty = try connection.readDirty(
          table.table, for: own + unique, in: schema, rowCount: loaded.digest.rowCount)
      }
    }
    if let dirty { return dirty }
    return try connection.brokenRows(own, of: table.table).map { DirtyTable(brokenRows: $0) }
  }

  /// Has the rows of a table settled that violate something, and makes all of its rules and keys again.
  func settle(
    _ unsettled: Unsettled, on connection: PostgresConnection, _ outcome: borrowing Mutex<Outcome>
  ) throws(EngineError) -> [Job] {
    let (table, dirty) = (unsettled.table, unsettled.dirty)
    guard let settler else { return [] }
    let isSettled = try translatingFailures(of: "rows were set aside") { try settler.settle(dirty) }
    guard isSettled else { return [] }
    // What was found is elsewhere now; what was refused since then, for another reason, waits as it would have.
    let (done, indexed) = outcome.withLock { outcome in
      for constraint in dirty.brokenRows.keys { outcome.brokenRows[constraint] = nil }
      for constraint in dirty.refused { outcome.sharedKeys[constraint] = nil }
      outcome.violated.removeAll { $0.builds(any: dirty.refused, of: schema) }
      return (outcome.built.union(outcome.violated.map(\.id)), outcome.indexed)
    }
    guard try rules.putBack(table.table, on: connection) else { return [] }
    var rest = table
    rest.builds.removeAll { done.contains($0.id) }
    return builds(of: rest, indexed: indexed)
  }

  /// Does it unless somebody else keeps hashes of all keys at this time: then they are looked for when their time comes.
  func searchAlone(
    _ outcome: borrowing Mutex<Outcome>, _ search: () throws(EngineError) -> Void
  ) throws(EngineError) {
    guard outcome.withLock({ $0.beginSearch() }) else { return }
    defer { outcome.withLock { $0.isSearching = false } }
    try search()
  }

  /// The keys that rows share; none where only the server can tell.
  func sharedKeys(
    violating entry: ArchiveContents.Entry, on connection: PostgresConnection
  ) throws(EngineError) -> [ConstraintReference: [[String]]] {
    guard let table = entry.subject.flatMap({ schema.table(named: $0) }) else { return [:] }
    let references = table.uniquenessReferences(of: entry)
    var found: [ConstraintReference: [[String]]] = [:]
    for query in ViolationQuery.all(of: table, in: schema) where references.contains(query.constraint) {
      found[query.constraint] = try connection.sharedKeys(violating: query, of: table, in: schema)
    }
    return found
  }
}

extension ArchiveContents.Entry {
  /// Whether it builds one of these constraints, which forbid two rows to be alike.
  func builds(any constraints: Set<ConstraintReference>, of schema: Schema) -> Bool {
    guard let table = subject.flatMap({ schema.table(named: $0) }) else { return false }
    return table.uniquenessReferences(of: self).contains(where: constraints.contains)
  }
}
