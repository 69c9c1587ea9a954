import SchemaModel
import SchemaText
import Synchronization

extension PostgresRestore {
  package func buildKeysAndIndexes() throws(EngineError) -> [ConstraintReference] {
    let refused = try build(unbuilt)
    unbuilt = refused
    guard refused.isEmpty else { return refused.flatMap(references(to:)) }
    for entry in contents.entries where entry.kind == "INDEX ATTACH" {
      try connection.execute(entry.definition, of: entry)
    }
    return []
  }

  /// Builds keys and indexes of any tables; those that rows violate.
  private func build(_ entries: [ArchiveContents.Entry]) throws(EngineError) -> [ArchiveContents.Entry] {
    let builder = KeyBuilder(usesTablespaces: !options.isStaging, isJournaled: options.identity != nil)
    let byTable = Dictionary(grouping: entries) { $0.subject ?? ObjectName(schema: $0.schema, $0.name) }
    let jobs = largestFirst(byTable, table: \.key).flatMap {
      table, entries -> [(TableBuilds.Step, TableBuilds)] in
      let isLarge = byteCounts[table].map { $0 >= options.leastPartedByteCount } ?? false
      let builds = TableBuilds(entries, isLarge: isLarge, indexed: indexedKeys)
      return builds.first.map { ($0, builds) }
    }
    let (adoptions, others) = (jobs.filter(\.0.isAdoption), jobs.filter { !$0.0.isAdoption })
    // Over at once, and so done before it is counted how many builds there are for the cores.
    var refused: [ArchiveContents.Entry] = []
    for (step, builds) in adoptions {
      refused += try builder.perform(step, of: builds, on: connection, hasCoresToSpare: true).violated
    }
    let violated = Mutex(refused)
    let (place, purpose, workers) = (place, purpose, options.workers)
    try translatingFailures(of: "keys and indexes were built") {
      try ParallelWork.growing(
        others, workers: workers, context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, job, idleCount in
          let (step, builds) = job
          let done = try builder.perform(step, of: builds, on: connection, hasCoresToSpare: idleCount > 0)
          violated.withLock { $0 += done.violated }
          return builds.next(after: step, isBuilt: done.violated.isEmpty).steps.map { ($0, builds) }
        })
    }
    return violated.withLock { $0 }
  }

  /// The model's names for what an entry builds: its own or, on a partition, those it may be a share of.
  func references(to entry: ArchiveContents.Entry) -> [ConstraintReference] {
    guard let table = entry.subject.flatMap({ tablesByName[$0] }) else {
      return [
        ConstraintReference(
          kind: .index, table: ObjectName(schema: entry.schema, entry.name), name: entry.name)
      ]
    }
    let own = table.uniquenessReferences(of: entry)
    return own.isEmpty ? lineage(of: table).dropLast().flatMap(\.uniquenessReferences) : own
  }
}

extension Table {
  /// What an entry of its own builds.
  func uniquenessReferences(of entry: ArchiveContents.Entry) -> [ConstraintReference] {
    uniquenessReferences.filter { reference in
      // pg_dump calls a constraint `table constraint` and an index by its own name.
      entry.name == (reference.kind == .index ? reference.name : "\(name.name) \(reference.name)")
    }
  }

  /// What forbids two rows to be alike.
  fileprivate var uniquenessReferences: [ConstraintReference] {
    keys.map { ConstraintReference(kind: $0.kind, table: name, name: $0.name) }
      + exclusions.map { ConstraintReference(kind: .exclusionConstraint, table: name, name: $0.name) }
      + indexes.filter(\.isUnique).map { ConstraintReference(kind: .index, table: name, name: $0.name) }
  }
}
