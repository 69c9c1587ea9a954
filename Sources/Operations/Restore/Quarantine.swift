import Analysis
import Engines
import SchemaModel
import SchemaText

/// Settles what becomes of rows that violate constraints in a database that is being restored.
///
/// Every row that has to go goes, whole, into a table of `plumb_quarantine` with the constraint, the reason, the
/// policy and the time; what a policy changes in rows that stay is recorded there too. What is done for one
/// constraint is one transaction, so a row is always in exactly one place.
final class Quarantine {
  /// What was done so far.
  private(set) var account = QuarantineAccount()

  /// Writes down what was done, in the transaction in which it is done.
  var remember: (_ detail: String) throws -> Void = { _ in }

  let session: any DatabaseSession
  let schema: Schema
  let sql: SetAsideSQL
  private let policies: RestorePolicies
  private let backup: String
  private let roots: [ObjectName: ObjectName]
  private var prepared: Set<ObjectName> = []
  /// When a table, or that of which it is a partition, last lost rows or keys; counts what was done.
  private var lossTimes: [ObjectName: Int] = [:]
  private var time = 0

  /// - Parameter backup: the id of what is being restored.
  init(session: any DatabaseSession, schema: Schema, policies: RestorePolicies, backup: String) {
    self.session = session
    self.schema = schema
    self.policies = policies
    self.backup = backup
    sql = SetAsideSQL(schema)
    roots = schema.partitionRoots
  }

  /// Whether rows that violate the constraint leave their table, and nothing else happens.
  func takesAway(_ constraint: ConstraintReference) -> Bool {
    switch policies[constraint] {
    case .quarantine, .delete: true
    case .phantom, .null, .keep: false
    }
  }

  /// Settles the rows that violate these constraints; how many they were.
  ///
  /// - Parameters:
  ///   - known: keys that rows share, where they were looked for already.
  ///   - places: of the rows that violate some of them, where they were looked for already.
  func settle(
    violating constraints: [ConstraintReference], sharing known: [ConstraintReference: [[String]]] = [:],
    at places: [ConstraintReference: [String]] = [:]
  ) throws -> Int {
    let before = account.settledCount
    var nulledBefore: Int
    var places = places
    repeat {
      nulledBefore = account.nulledCount
      for table in schema.tables {
        let own = Set(constraints.filter { $0.table == table.name })
        guard !own.isEmpty else { continue }
        let queries =
          (ViolationQuery.all(of: table, in: schema) + ViolationQuery.domains(of: table, in: schema))
          .filter { own.contains($0.constraint) }
        for query in try broken(queries, of: table, at: places) {
          try judge(narrowed(query, of: table, to: known[query.constraint]), of: table)
        }
      }
      // A NULL may break a constraint that was looked at before, and a row that has got one is elsewhere.
      places = [:]
    } while account.nulledCount > nulledBefore
    return account.settledCount - before
  }

  /// The queries but those for checks, NOT NULLs and rules of domains that no row breaks, told by one look at the table.
  ///
  /// Where few rows break them, they are asked of those only.
  private func broken(
    _ queries: [ViolationQuery], of table: Table, at known: [ConstraintReference: [String]]
  ) throws -> [ViolationQuery] {
    let alone = queries.filter { $0.concernsOneRow || $0.constraint.kind == .domainType }
    guard !alone.isEmpty else { return queries }
    try Interruption.check()
    let areKnown = alone.allSatisfy { known[$0.constraint] != nil }
    if let places = try areKnown ? known : session.brokenRows(alone, of: table) {
      return queries.compactMap { query in
        guard let own = places[query.constraint] else { return query }
        return own.isEmpty ? nil : standsStill(query) ? query.at(own) : query
      }
    }
    guard alone.count > 1, let broken = BrokenRules(alone) else { return queries }
    do throws(EngineError) {
      let counts = broken.rowCounts(in: try session.rows(broken.sql))
      return queries.filter { counts[$0.constraint] != 0 }
    } catch {
      // One of them cannot be asked like this: each is judged by itself.
      guard error.mayLieInRules else { throw error }
      return queries
    }
  }

  /// The same question among the rows whose keys are shared, where these can be told first.
  private func narrowed(
    _ query: ViolationQuery, of table: Table, to known: [[String]]?
  ) throws -> ViolationQuery {
    let keys = try known ?? session.sharedKeys(violating: query, of: table, in: schema) ?? []
    return keys.isEmpty ? query : query.among(keys)
  }

  /// Settles rows that refer to rows which were set aside, as far as indexes have their keys; how many they were.
  ///
  /// The keys that are tried afterwards mostly hold then: to look for their orphans would cost as much as to check them.
  func followLosses() throws -> Int {
    let before = account.settledCount
    for table in parentsFirst {
      for key in table.foreignKeys where key.isVouchedFor && schema.isIndexed(key, of: table) {
        guard let parent = schema.table(named: key.referencedTable), parent.name != table.name,
          table.partitionKey == nil, parent.partitionKey == nil,
          takesAway(ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)),
          (1...Self.mostFollowed).contains(account.changedRowCounts[parent.name] ?? 0),
          let query = ViolationQuery.foreignKey(key, of: table, in: schema)
            .looking(upKeysIn: key.referencedColumns, of: sql.quarantineName(for: parent))
        else { continue }
        try Interruption.check()
        try settle(query, of: table)
      }
    }
    return account.settledCount - before
  }

  /// Whether rows are gone that others may refer to; SQLite finds orphans itself, of all keys at once.
  var hasLossesToFollow: Bool { schema.engine == .postgreSQL && !account.moved.isEmpty }

  /// Of more rows set aside, those that refer to them are looked for among all.
  private static let mostFollowed = 10_000

  /// All tables, each behind those to which its rows refer.
  private var parentsFirst: [Table] {
    let places = Dictionary(
      RestoreOrder(of: schema.tables).tables.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first })
    return schema.tables.sorted { (places[$0.name] ?? 0, $0.name) < (places[$1.name] ?? 0, $1.name) }
  }

  /// Settles the orphans of every foreign key until none is left; how many times all keys were gone through.
  ///
  /// A key the source held as NOT VALID stays so, and its orphans with it. Parents are looked at before the rows
  /// that refer to them, so only keys of tables that refer to each other are looked at again.
  ///
  /// - Parameter trial: what was found by trying the keys, with the rows as they are.
  func settleOrphans(after trial: ForeignKeyTrial) throws -> Int {
    var rounds = 0
    time += 1
    let begin = time
    var lookTimes = Dictionary(trial.sound.map { ($0, time) }, uniquingKeysWith: max)
    let tables = parentsFirst
    var hasPending = tables.contains { !$0.foreignKeys.isEmpty }
    while hasPending {
      rounds += 1
      hasPending = false
      for table in tables {
        for key in table.foreignKeys where key.isVouchedFor {
          let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
          let parent = roots[key.referencedTable] ?? key.referencedTable
          // What was found once can only come back when the referenced table lost rows since.
          if let looked = lookTimes[reference], (lossTimes[parent] ?? -1) < looked { continue }
          try Interruption.check()
          time += 1
          lookTimes[reference] = time
          let own = roots[table.name] ?? table.name
          let isUntouched = ![parent, own].contains { lossTimes[$0] ?? -1 > begin }
          try settleOrphans(of: key, in: table, sharing: isUntouched ? trial.orphanKeys[reference] : nil)
          hasPending = true
        }
      }
      hasPending = hasPending && isAnyPending(tables, lookTimes)
    }
    return rounds
  }

  /// - Parameter known: the keys of all its orphans, where they were looked for already.
  private func settleOrphans(of key: ForeignKey, in table: Table, sharing known: [[String]]?) throws {
    let query = ViolationQuery.foreignKey(key, of: table, in: schema)
    // To visit every row for its place costs several times what the indexes do that have the keys alone.
    let isIndexed = table.partitionKey == nil && schema.isIndexed(key, of: table)
    let keys = try known ?? (isIndexed ? session.orphanKeys(violating: query, merging: true) : nil)
    guard keys?.isEmpty != true else { return }
    try settle(standsStill(query) ? keys.map(query.looking(up:)) ?? query : query, of: table)
  }

  /// Whether rows are where they were, with the values they had, when it is asked again what of them is left.
  private func standsStill(_ query: ViolationQuery) -> Bool { policies[query.constraint] != .null }

  private func isAnyPending(_ tables: [Table], _ lookTimes: [ConstraintReference: Int]) -> Bool {
    tables.contains { table in
      table.foreignKeys.contains { key in
        let reference = ConstraintReference(kind: .foreignKey, table: table.name, name: key.name)
        guard key.isVouchedFor, let looked = lookTimes[reference] else { return false }
        return (lossTimes[roots[key.referencedTable] ?? key.referencedTable] ?? -1) >= looked
      }
    }
  }

  /// As ``settle(_:of:)``, under the search path of the source where the constraint means nothing without one.
  private func judge(_ query: ViolationQuery, of table: Table) throws {
    let needsPath = query.constraint.kind == .checkConstraint || query.constraint.kind == .domainType
    guard needsPath, schema.engine == .postgreSQL else { return try settle(query, of: table) }
    do {
      try settle(query, of: table)
    } catch let error as EngineError where error.mayLieInRules {
      try session.execute(SourceSearchPath.set(of: schema))
      defer { try? session.execute(SourceSearchPath.reset) }
      do {
        try settle(query, of: table)
      } catch let error as EngineError where error.mayLieInRules {
        keep(query, rowCount: 0, because: "its condition ends in an error: \(error.message)")
      }
    }
  }

  /// Settles one constraint's rows by its policy.
  private func settle(_ query: ViolationQuery, of table: Table) throws {
    switch policies[query.constraint] {
    case .quarantine: try takeAway(query, of: table, policy: .quarantine)
    case .delete: try takeAway(query, of: table, policy: .delete)
    case .keep:
      let rowCount = try session.number(query.countSQL)
      if rowCount > 0 { keep(query, rowCount: rowCount, because: query.reason) }
    case .null: try null(query, of: table)
    case .phantom: try makeParents(query, of: table)
    }
  }

  // MARK: - Policies

  private func takeAway(_ query: ViolationQuery, of table: Table, policy: ViolationPolicy) throws {
    try inTransaction {
      try find(query, of: table)
      guard try session.number(sql.countFound) > 0 else { return }
      try takeAwayFound(query, of: table, policy: policy)
    }
  }

  private func takeAwayFound(_ query: ViolationQuery, of table: Table, policy: ViolationPolicy) throws {
    try prepare(table)
    let count = try run(sql.move(query, of: table, policy: policy))
    noteLoss(of: table)
    tellRefusal(query)
    account.record(count, of: table, into: sql.quarantineName(for: table), violating: query, policy: policy)
  }

  private func null(_ query: ViolationQuery, of table: Table) throws {
    guard case .columns(let columns) = NulledColumns(for: query, of: table, in: schema) else {
      return try takeAway(query, of: table, policy: .quarantine)
    }
    var isBroken = false
    do {
      try inTransaction {
        try find(query, of: table)
        isBroken = try session.number(sql.countFound) > 0
        guard isBroken else { return }
        try prepare(table)
        if let blocking = sql.forgetWhatNullBreaks(columns, of: table, from: query) {
          try session.execute(blocking)
        }
        let count = try checked { try run(sql.null(columns, query, of: table)) }
        guard count > 0 else { return }
        noteLoss(of: table)
        account.settledCount += count
        update(query, .null) {
          $0.rowCount += count
          $0.record = sql.quarantineName(for: table)
        }
      }
    } catch let error as EngineError where error.kind == .violation {
      note(query, "NULL in \(columns.joined(separator: ", ")) is not possible (\(error.message))")
      return try takeAway(query, of: table, policy: .quarantine)
    }
    // What NULL would not have helped, or would have broken something else.
    guard isBroken, try session.number(query.countSQL) > 0 else { return }
    note(query, "NULL in \(columns.joined(separator: ", ")) does not help every row")
    try takeAway(query, of: table, policy: .quarantine)
  }

  private func makeParents(_ query: ViolationQuery, of table: Table) throws {
    let key = table.foreignKeys.first { $0.name == query.constraint.name }
    guard let key, case .row(let parent, let sources) = PhantomPlan(for: key, of: table, in: schema),
      !account.exhausted.contains(query.constraint)
    else { return try takeAway(query, of: table, policy: .quarantine) }
    var made = 0
    do {
      try inTransaction {
        try find(query, of: table)
        let found = try session.number(sql.countFound)
        guard found > 0 else { return }
        try prepare(parent)
        made = try checked { try run(sql.makePhantoms(parent, sources, for: query, of: table)) }
        try session.execute(sql.forgetWhatHolds(query, of: table))
        let left = try session.number(sql.countFound)
        account.settledCount += found - left
        update(query, .phantom) {
          $0.rowCount += found - left
          $0.phantomTable = parent.name
          $0.phantomCount = ($0.phantomCount ?? 0) + made
          $0.record = sql.quarantineName(for: parent)
        }
        account.phantoms[parent.name, default: []].insert(query.constraint)
        // What a made row does not help, such as a key given in part.
        if left > 0 { try takeAwayFound(query, of: table, policy: .quarantine) }
      }
      // The row that was made has keys of its own; where none was made, looking again would never end.
      if made > 0 { noteMade(in: parent) }
    } catch let error as EngineError where error.kind == .violation || error.kind == .refused {
      note(query, "no row can be made in \(parent.name) (\(error.message))")
      try takeAway(query, of: table, policy: .quarantine)
    }
  }

  /// Lets what a restore has switched off judge what we write.
  private func checked(_ body: () throws -> Int) throws -> Int {
    guard schema.engine == .sqlite else { return try body() }
    try session.execute("PRAGMA ignore_check_constraints = OFF")
    defer { try? session.execute("PRAGMA ignore_check_constraints = ON") }
    return try body()
  }

  /// Tells of what was done so far by table: which came first while tables were loaded was chance.
  func forgetTurns() { account.sortByTable() }

  /// Takes over what an interrupted run did; the rows are where it put them.
  func resume(from detail: String) throws {
    account = try RestoreJournal.value(QuarantineAccount.self, in: detail)
  }

  // MARK: - Pieces

  private func inTransaction(_ body: () throws -> Void) throws {
    let before = (account, prepared)
    try session.execute("BEGIN")
    do {
      try body()
      try run(sql.forget)
      if account.settledCount > before.0.settledCount { try remember(try RestoreJournal.text(account)) }
      try session.execute("COMMIT")
    } catch {
      try? session.execute("ROLLBACK")
      (account, prepared) = before
      throw error
    }
  }

  /// Makes the table's quarantine, once.
  private func prepare(_ table: Table) throws {
    guard prepared.insert(table.name).inserted else { return }
    try run(sql.createQuarantine(for: table, backup: backup))
  }

  /// Searches for the rows that violate a constraint, and remembers those that cannot stay.
  private func find(_ query: ViolationQuery, of table: Table) throws {
    try run(sql.find(query, of: table))
    let settling = sql.settleFound(query)
    while try settling.reduce(0, { try $0 + run([$1]) }) > 0 { try Interruption.check() }
  }

  /// Runs the statements; how many rows the last one changed.
  @discardableResult
  private func run(_ statements: [String]) throws -> Int {
    var changed = 0
    for statement in statements { changed = try session.changedRowCount(statement) }
    return changed
  }

  private func noteLoss(of table: Table) {
    time += 1
    lossTimes[roots[table.name] ?? table.name] = time
  }

  /// A made row may be an orphan of its own table's keys, which were perhaps looked at before.
  private func noteMade(in parent: Table) {
    time += 1
    for key in parent.foreignKeys { lossTimes[roots[key.referencedTable] ?? key.referencedTable] = time }
  }

  /// Tells that what somebody asked for these rows cannot be.
  private func tellRefusal(_ query: ViolationQuery) {
    guard let refusal = policies.refusal(for: query.constraint) else { return }
    let note = "\(query.constraint.table), \(query.constraint.quarantineName): \(refusal)"
    if !account.notes.contains(note) { account.notes.append(note) }
  }

  private func note(_ query: ViolationQuery, _ what: String) {
    account.notes.append(
      "\(query.constraint.table), \(query.constraint.quarantineName): \(what); the others are set aside")
  }

  private func keep(_ query: ViolationQuery, rowCount: Int, because reason: String) {
    account.kept.insert(query.constraint)
    if query.constraint.kind == .checkConstraint, let table = schema.table(named: query.constraint.table) {
      // Heirs and partitions share the check, and with it that it is not valid.
      for relative in schema.relatives(of: table, sharingCheck: query.constraint.name) {
        account.kept.insert(
          ConstraintReference(kind: .checkConstraint, table: relative.name, name: query.constraint.name))
      }
    }
    update(query, .keep) {
      $0.rowCount = rowCount
      $0.reason = reason
    }
  }

  private func update(
    _ query: ViolationQuery, _ policy: ViolationPolicy, _ change: (inout PolicyOutcome) -> Void
  ) {
    tellRefusal(query)
    account.update(query, policy, change)
  }

  /// The engine refuses a constraint although no row is found that violates it.
  static func nothingFound(for constraints: [ConstraintReference]) -> OperationError {
    OperationError(
      "the database refuses a constraint, but no row that violates it can be found",
      detail: constraints.map { "\($0.kind.label) \($0.name) of \($0.table)" },
      hint: "Please report this with the constraint's definition; nothing was lost, the backup is untouched.")
  }
}
