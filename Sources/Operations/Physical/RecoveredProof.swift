import Analysis
import Engines
import SchemaModel
import SchemaText

/// What a recovered server holds: every row counted, every constraint asked of the rows, violators set aside.
struct RecoveredProof {
  private let server: RecoveredServer
  private let databases: [String]
  private let options: PhysicalDrill.Options
  private let blueprint: (_ database: String, _ isOnly: Bool) throws -> Schema?

  init(
    _ server: RecoveredServer, databases: [String], options: PhysicalDrill.Options,
    blueprint: @escaping (_ database: String, _ isOnly: Bool) throws -> Schema?
  ) {
    self.server = server
    self.databases = databases
    self.options = options
    self.blueprint = blueprint
  }

  func run(into record: inout DrillRecord, clock: inout PhaseClock) throws {
    let subjects = try clock.phase("read structure", into: &record.timeline) {
      let subjects = try databases.map { name in
        let place = try server.place(name)
        let schema = try PostgresConnection(place, for: .staging).schema()
        return ViolationScan.Subject(
          place: place, schema: schema, order: RestoreOrder(of: schema.tables).tables)
      }
      let count = subjects.reduce(0) { $0 + $1.schema.tables.count }
      return (
        subjects,
        .note("\(count) tables in \(databases.count == 1 ? databases[0] : "\(databases.count) databases")")
      )
    }
    record.fingerprints = Dictionary(
      zip(databases, subjects.map { Fingerprint(of: $0.schema).hexadecimal }),
      uniquingKeysWith: { first, _ in first })
    let findings = try clock.phase("count rows, find violations", into: &record.timeline) {
      let findings = try ViolationScan(subjects, pages: options.pages, workers: options.workers).run()
      return (findings, .rows(findings.reduce(0) { $0 + $1.rowCounts.values.reduce(0, +) }))
    }
    record.backupRowCount = findings.reduce(0) { $0 + $1.rowCounts.values.reduce(0, +) }
    record.restoredRowCount = record.backupRowCount
    for (place, found) in findings.enumerated() { take(found, of: place, into: &record) }
    if findings.contains(where: { !$0.violated.isEmpty }) {
      try clock.phase("set violating rows aside", into: &record.timeline) {
        let before = record.setAside.count
        for (place, found) in findings.enumerated() where !found.violated.isEmpty {
          record.setAside += try clean(
            subjects[place], violated: found.violated, database: databases[place], of: record.backup)
        }
        let moved = record.setAside[before...].reduce(0) { $0 + $1.rowCount }
        record.restoredRowCount -= moved
        return .rows(moved)
      }
    }
    try compare(subjects, into: &record, clock: &clock)
    try askSmokeQueries(subjects, into: &record, clock: &clock)
    for (place, subject) in subjects.enumerated() {
      record.count(constraintsOf: subject.schema, said: prefix(of: place))
    }
  }

  /// What stands before what is said of one of several databases.
  private func prefix(of place: Int) -> String { databases.count > 1 ? "\(databases[place]): " : "" }

  private func take(_ found: ViolationScan.Findings, of place: Int, into record: inout DrillRecord) {
    let prefix = prefix(of: place)
    record.problems += found.damage.map { prefix + $0 }
    switch found.checkedIndexCount {
    case nil:
      record.notes.append(
        "\(prefix)amcheck is not installed for this PostgreSQL, so the inside of indexes was not looked at")
    case let count?:
      if options.pages != .none {
        record.notes.append(
          "\(prefix)amcheck found its order in \(count - min(count, found.damage.count)) of \(count) indexes")
      }
    }
  }

  /// Sets aside what breaks a constraint, and then what that has orphaned, until nothing is left.
  ///
  /// The keys are there and believed to hold, so nothing may fire: a parent's removal must not take its children along unrecorded.
  private func clean(
    _ subject: ViolationScan.Subject, violated: [ConstraintReference], database: String, of backup: String
  ) throws -> [SetAsideRows] {
    let session = try PostgresConnection(subject.place, for: .staging)
    try session.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
    try session.mayUseIndexes(false)
    let quarantine = Quarantine(
      session: session, schema: subject.schema, policies: .quarantineAll, backup: backup)
    let roots = subject.schema.partitionRoots
    func root(_ name: ObjectName) -> ObjectName { roots[name] ?? name }
    var pending = violated
    while !pending.isEmpty {
      try Interruption.check()
      let before = quarantine.account.moved
      // What concerns a row alone first: it may be what orphans others.
      let moved =
        try quarantine.settle(violating: pending.filter { $0.kind != .foreignKey })
        + quarantine.settle(violating: pending.filter { $0.kind == .foreignKey })
      guard moved > 0 || pending != violated else { throw Quarantine.nothingFound(for: violated) }
      let emptied = Set(
        quarantine.account.moved.filter { !before.contains($0) }.map { root($0.table) })
      pending = subject.schema.tables.flatMap { table in
        table.foreignKeys.filter { $0.isVouchedFor && emptied.contains(root($0.referencedTable)) }
          .map { ConstraintReference(kind: .foreignKey, table: table.name, name: $0.name) }
      }
    }
    return quarantine.account.moved.map { rows in
      var rows = rows
      if databases.count > 1 { rows.database = database }
      return rows
    }
  }

  private func compare(
    _ subjects: [ViolationScan.Subject], into record: inout DrillRecord, clock: inout PhaseClock
  ) throws {
    let drawn = try databases.map { try blueprint($0, databases.count == 1) }
    guard drawn.contains(where: { $0 != nil }) else { return }
    record.blueprintDifferences = try clock.phase("compare with the blueprint", into: &record.timeline) {
      var lines: [String] = []
      for (place, drawn) in drawn.enumerated() {
        guard let drawn else { continue }
        let session = try PostgresConnection(subjects[place].place, for: .staging)
        let found = try Drift(
          blueprint: drawn, live: subjects[place].schema, countingOn: session
        ).report.lines
        lines += found.map { databases.count > 1 ? "\(databases[place]): \($0)" : $0 }
      }
      return (lines, .note(nil))
    }
  }

  private func askSmokeQueries(
    _ subjects: [ViolationScan.Subject], into record: inout DrillRecord, clock: inout PhaseClock
  ) throws {
    guard !options.smoke.isEmpty else { return }
    let outcomes = try clock.phase("ask smoke queries", into: &record.timeline) {
      let outcomes = try zip(databases, subjects).map { name, subject in
        try SmokeQuestions(queries: options.smoke).ask(
          try PostgresConnection(subject.place, for: .staging), database: name, isOnly: databases.count == 1)
      }
      return (outcomes, .note("\(outcomes.reduce(0) { $0 + $1.askedCount }) asked"))
    }
    record.smokeQueryCount = outcomes.reduce(0) { $0 + $1.askedCount - $1.problems.count }
    record.problems += outcomes.flatMap(\.problems)
    let unasked = options.smoke.count - outcomes.reduce(0) { $0 + $1.askedCount }
    if unasked > 0 {
      record.notes.append("\(unasked) smoke queries name no database of this backup and were not asked")
    }
  }
}

extension DrillRecord {
  /// Adds the constraints of a database that now hold, and names those that nobody vouches for.
  fileprivate mutating func count(constraintsOf schema: Schema, said prefix: String) {
    enforcedConstraintCount += schema.vouchedConstraintCount
    notes += schema.unvalidatedConstraints.map {
      "\(prefix)\($0) was not validated in the source and stays so"
    }
    notes += schema.unenforcedConstraints.map { "\(prefix)\($0) is not enforced in the source and stays so" }
    notCompared += schema.notCompared.map { "\(prefix)\($0.kind) (\($0.count))" }
  }
}
