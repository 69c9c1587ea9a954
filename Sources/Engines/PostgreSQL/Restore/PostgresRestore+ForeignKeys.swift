import SchemaModel
import SchemaText
import Synchronization

extension PostgresRestore {
  /// A foreign key that is there, and whether the server has checked every row against it.
  enum ForeignKeyState: Hashable, Sendable {
    case checked
    case unchecked
  }

  package func tryForeignKeys(rowsMayBeMade: Bool) throws(EngineError) -> ForeignKeyTrial? {
    try sweepTablesOfKeysToCheck()
    let refused = try addForeignKeys(stopsAtViolation: false)
    guard !refused.isEmpty else { return nil }
    var trial = ForeignKeyTrial(sound: Set(foreignKeys.filter { $0.value == .checked }.keys))
    trial.orphanKeys = refused.compactMapValues(\.self)
    let referencedTables = referencedTables
    let losing = tablesThatMayLoseRows(afterRefusalOf: refused.keys, following: referencedTables)
    // A row that is set aside must neither be refused nor cascade, and one that is made may be an orphan itself.
    for (reference, key) in referencedTables
    where foreignKeys[reference] != nil && (rowsMayBeMade || losing.contains(root(of: key))) {
      try connection.execute(
        """
        ALTER TABLE \(SQLDialect.postgreSQL.name(reference.table)) \
        DROP CONSTRAINT \(SQLDialect.postgreSQL.identifier(reference.name))
        """)
      foreignKeys[reference] = nil
    }
    return trial
  }

  package func enforceForeignKeys() throws(EngineError) {
    try sweepTablesOfKeysToCheck()
    _ = try addForeignKeys(stopsAtViolation: true)
  }

  /// Vacuums the large tables of keys that are still to be checked.
  ///
  /// Where a row was set aside, or was loaded beside a transaction that is older, the index does not vouch for its page: to
  /// check a key by indexes would visit the table for every row on it. For a few pages that costs less than to vacuum.
  private func sweepTablesOfKeysToCheck() throws(EngineError) {
    let unchecked = referencedTables.filter { foreignKeys[$0.key] != .checked }
    let tables = Set(unchecked.flatMap { [$0.key.table, $0.value] })
    let pageCounts = try connection.tablePageCounts()
    let changed = Dictionary(changedRowCounts.map { (root(of: $0), $1) }, uniquingKeysWith: +)
    let large = tables.filter { table in
      (byteCounts[table] ?? 0) >= options.leastRelaxedByteCount
        && (!frozenTables.contains(table) || changed[root(of: table)] ?? 0 > (pageCounts[table] ?? 0) / 10)
    }
    _ = try inParallel(largestFirst(large, table: \.self), "tables were vacuumed") { connection, table in
      try connection.execute(
        "VACUUM (FREEZE, INDEX_CLEANUP ON, TRUNCATE OFF) \(SQLDialect.postgreSQL.name(table))")
    }
  }

  /// Tables with orphans, and those with rows that refer to them, and so on: whatever is set aside is theirs.
  private func tablesThatMayLoseRows(
    afterRefusalOf refused: some Sequence<ConstraintReference>,
    following referencedTables: [ConstraintReference: ObjectName]
  ) -> Set<ObjectName> {
    var losing = Set(refused.map { root(of: $0.table) })
    var count = 0
    while losing.count > count {
      count = losing.count
      for (reference, parent) in referencedTables where losing.contains(root(of: parent)) {
        losing.insert(root(of: reference.table))
      }
    }
    return losing
  }

  /// The table that each foreign key refers to.
  private var referencedTables: [ConstraintReference: ObjectName] {
    Dictionary(
      schema.tables.flatMap { table in
        table.foreignKeys.map {
          (ConstraintReference(kind: .foreignKey, table: table.name, name: $0.name), $0.referencedTable)
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// What the table is a partition of in the end, or itself.
  func root(of name: ObjectName) -> ObjectName {
    tablesByName[name].flatMap { lineage(of: $0).first?.name } ?? name
  }

  /// Adds every foreign key that is not there yet, and has the server check every row against it.
  ///
  /// - Parameter stopsAtViolation: whether an orphan is an error, and not a result.
  /// - Returns: the keys that rows violate.
  private func addForeignKeys(stopsAtViolation: Bool) throws(EngineError) -> RefusedKeys {
    var refused: RefusedKeys = [:]
    // Adding takes a lock on both tables and checks nothing, so it is done at once; checking locks so
    // little that the keys of one parent can be checked side by side.
    var toValidate: [(table: Table, key: ForeignKey)] = []
    for entry in contents.entries where entry.kind == "FK CONSTRAINT" {
      guard let (table, key) = foreignKey(of: entry) else {
        let reference = ConstraintReference(
          kind: .foreignKey, table: entry.subject ?? ObjectName(schema: entry.schema, entry.name),
          name: entry.name)
        guard foreignKeys[reference] == nil else { continue }
        try connection.execute(entry.definition, of: entry)
        foreignKeys[reference] = .checked
        continue
      }
      let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
      if key.isVouchedFor, keptConstraints.contains(reference) {
        if foreignKeys[reference] == nil {
          try connection.execute(entry.definition.addingNotValid, of: entry)
        }
        foreignKeys[reference] = .unchecked
        continue
      }
      switch foreignKeys[reference] {
      case .checked: continue
      case .unchecked: toValidate.append((table, key))
      case nil:
        // A key from or to a partitioned table has a share on every partition, which VALIDATE would leave out.
        let isOfPartitions =
          table.partitionKey != nil || tablesByName[key.referencedTable]?.partitionKey != nil
        if key.isVouchedFor && !isOfPartitions {
          try connection.execute(entry.definition.addingNotValid, of: entry)
          foreignKeys[reference] = .unchecked
          toValidate.append((table, key))
          continue
        }
        do throws(EngineError) {
          try connection.execute(entry.definition, of: entry)
          foreignKeys[reference] = .checked
        } catch {
          guard !stopsAtViolation, error.kind == .violation else { throw error }
          refused.updateValue(nil, forKey: reference)
        }
      }
    }
    return refused.merging(try validate(toValidate, stopsAtViolation: stopsAtViolation)) { $1 }
  }

  /// Checks every row against keys, those of different tables side by side, and looks for the orphans of those that rows
  /// violate; these keys.
  private func validate(
    _ keys: [(table: Table, key: ForeignKey)], stopsAtViolation: Bool
  ) throws(EngineError) -> RefusedKeys {
    let (place, purpose, schema) = (place, purpose, schema)
    // A table's keys one after the other: checking locks the table against checking another.
    let jobs = Dictionary(grouping: keys) { $0.table.name }
      .sorted { (work(of: $0.value), $1.key) > (work(of: $1.value), $0.key) }
      .map { _, keys in KeyJob.check(keys.map { KeyToCheck($0.key, of: $0.table, in: schema) }) }
    let checked = Mutex<Set<ConstraintReference>>([])
    let refused = Mutex<RefusedKeys>([:])
    try translatingFailures(of: "foreign keys were enforced") {
      try ParallelWork.growing(
        jobs, workers: options.workers, context: { try PostgresConnection(place, for: purpose) },
        perform: { connection, job, _ in
          switch job {
          case .check(let keys):
            return try keys.filter { key in
              do throws(EngineError) {
                try connection.validate(key)
                checked.withLock { _ = $0.insert(key.reference) }
                return false
              } catch {
                guard !stopsAtViolation, error.kind == .violation else { throw error }
                refused.withLock { _ = $0.updateValue(nil, forKey: key.reference) }
                return true
              }
            }.filter(\.isIndexed).map(KeyJob.search)
          case .search(let key):
            let orphans = try connection.orphanKeys(violating: key.orphans(in: schema), merging: true)
            refused.withLock { _ = $0.updateValue(orphans, forKey: key.reference) }
            return []
          }
        })
    }
    for key in checked.withLock({ $0 }) { foreignKeys[key] = .checked }
    return refused.withLock { $0 }
  }

  /// How much a table's keys cost to check, compared with others: its rows are read once for each.
  private func work(of keys: [(table: Table, key: ForeignKey)]) -> Int {
    keys.reduce(0) { $0 + (byteCounts[$1.table.name] ?? 0) + (byteCounts[$1.key.referencedTable] ?? 0) }
  }

  private func foreignKey(of entry: ArchiveContents.Entry) -> (Table, ForeignKey)? {
    guard let table = entry.subject.flatMap({ tablesByName[$0] }),
      let key = table.foreignKeys.first(where: { entry.name == "\(table.name.name) \($0.name)" })
    else { return nil }
    return (table, key)
  }
}

/// Foreign keys that rows violate, each with the keys of all its orphans where these were looked for.
private typealias RefusedKeys = [ConstraintReference: [[String]]?]

/// A foreign key that is there, and is to be checked.
private struct KeyToCheck: Sendable {
  let reference: ConstraintReference
  /// Whether indexes on both sides answer for it.
  let isIndexed: Bool
  private let key: ForeignKey
  private let table: Table

  init(_ key: ForeignKey, of table: Table, in schema: Schema) {
    reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
    isIndexed = schema.isIndexed(key, of: table)
    (self.key, self.table) = (key, table)
  }

  /// The rows that violate it.
  func orphans(in schema: Schema) -> ViolationQuery { .foreignKey(key, of: table, in: schema) }
}

/// A piece of work for one connection.
private enum KeyJob: Sendable {
  /// Checks the keys of one table.
  case check([KeyToCheck])
  /// Looks for the orphans of a key.
  case search(KeyToCheck)
}

extension PostgresConnection {
  /// Has the server check every row against a key.
  fileprivate func validate(_ key: KeyToCheck) throws(EngineError) {
    try joinByMerging(only: key.isIndexed)
    try execute(
      """
      ALTER TABLE \(SQLDialect.postgreSQL.name(key.reference.table)) \
      VALIDATE CONSTRAINT \(SQLDialect.postgreSQL.identifier(key.reference.name))
      """)
  }
}

extension String {
  /// The statement with NOT VALID before its closing semicolon.
  fileprivate var addingNotValid: String {
    guard let end = lastIndex(of: ";") else { return self + " NOT VALID" }
    return self[..<end] + " NOT VALID" + self[end...]
  }
}
