import Analysis
import Engines
import SchemaModel
import SchemaText

/// Counts the rows that violate each constraint, believing no catalog's word that there are none.
package struct Check {
  /// How many violating rows are shown of each constraint.
  static let sampleCount = 5

  let session: any DatabaseSession
  let blueprint: Schema?
  let scope: CheckScope
  let workers: Int
  let progress: (ConstraintReference) -> Void

  /// - Parameters:
  ///   - blueprint: whose constraints are counted too, where the database has the table and its columns.
  ///   - workers: how many connections may read at once.
  package init(
    _ session: any DatabaseSession, blueprint: Schema?, scope: CheckScope = CheckScope(), workers: Int = 2,
    progress: @escaping (ConstraintReference) -> Void
  ) {
    self.session = session
    self.blueprint = blueprint
    self.scope = scope
    self.workers = workers
    self.progress = progress
  }

  /// Counts everything in the scope; what cannot be counted is listed with the reason.
  ///
  /// - Throws: ``CheckScope/NothingFits`` too.
  package func run() throws -> CheckReport {
    do {
      return try count()
    } catch let error as EngineError where error.kind == .damaged {
      throw error.during("checking \(session.displayName)")
    }
  }

  private func count() throws -> CheckReport {
    let live = try session.schema()
    let wanted = try scope.tables(of: live)
    try session.mayUseIndexes(false)
    var report = CheckReport(scope: scope)
    let tables = Dictionary(live.tables.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    // Parents first, so that what is known of their keys can be held against the rows that refer to them.
    let questions = RestoreOrder(of: live.tables).tables.filter(wanted.contains).compactMap { name in
      tables[name].map { table in
        let queries =
          ViolationQuery.all(of: table, in: live)
          + ViolationQuery.domains(of: table, in: live, notValidToo: true)
        return TableQuestion(table, queries.filter(scope.includes))
      }
    }
    let answers = try look(at: questions, in: live)
    var unchecked: [ObjectName: [CheckReport.Unchecked]] = [:]
    for question in questions {
      report.unchecked = []
      try count(question, in: live, knowing: answers[question.table.name], into: &report)
      unchecked[question.table.name] = report.unchecked
    }
    report.unchecked = live.tables.flatMap { unchecked[$0.name] ?? [] }
    if let blueprint {
      for probe in DriftProbes.find(blueprint: blueprint, live: live) {
        let query = probe.violations(in: live)
        guard wanted.contains(query.constraint.table), scope.includes(query) else { continue }
        try count(query, origin: .blueprintOnly, into: &report)
      }
    }
    report.findings.sort {
      ($1.violatingRowCount, $0.constraint.table, $0.constraint.name)
        < ($0.violatingRowCount, $1.constraint.table, $1.constraint.name)
    }
    return report
  }

  /// What can be told of each table by reading it once: mostly, that all is well.
  private func look(
    at questions: [TableQuestion], in live: Schema
  ) throws(EngineError) -> [ObjectName: TableAnswer] {
    guard scope.comparesKeys else { return [:] }
    var answers: [ObjectName: TableAnswer] = [:]
    try session.readTables(questions, in: live, workers: workers) { question, answer in
      answers[question.table.name] = answer
      if case .told(let outcome) = answer { outcome.soundConstraints.forEach(progress) }
    }
    return answers
  }

  /// Counts all constraints of a table.
  private func count(
    _ question: TableQuestion, in live: Schema, knowing answer: TableAnswer?, into report: inout CheckReport
  ) throws {
    let outcome: ConstraintReading.Outcome
    switch answer {
    case .told(let told): outcome = told
    case .locked(let lock): return report.leave(question.queries, because: lock)
    case nil:
      // Somebody else's lock would be waited for once for each constraint.
      if let lock = try lock(on: question.queries.first) {
        return report.leave(question.queries, because: lock)
      }
      outcome = try askOfEachRow(question.queries)
      outcome.soundConstraints.forEach(progress)
    }
    let sound = outcome.soundConstraints
    report.checkedConstraintCount += sound.count
    for query in question.queries where !sound.contains(query.constraint) {
      let keys =
        try outcome.suspectedKeys[query.constraint] ?? keys(violating: query, of: question.table, in: live)
      guard keys?.isEmpty != true else {
        report.checkedConstraintCount += 1
        progress(query.constraint)
        continue
      }
      try count(
        query, among: keys,
        origin: query.isVouchedFor && question.table.isValidated(query.constraint) ? .declared : .notValid,
        into: &report)
    }
  }

  /// What can be told at once of constraints that concern a row alone.
  private func askOfEachRow(_ queries: [ViolationQuery]) throws -> ConstraintReading.Outcome {
    try Interruption.check()
    do throws(EngineError) {
      return .init(violatingRowCounts: try violatingRowCounts(queries.filter(\.concernsOneRow)))
    } catch {
      guard error.isAboutOneObject else { throw error }
      return .init()
    }
  }

  /// The keys of all rows that may violate the constraint; `nil` when they cannot be told, or asking the constraint itself costs less.
  private func keys(
    violating query: ViolationQuery, of table: Table, in live: Schema
  ) throws -> [[String]]? {
    try Interruption.check()
    do throws(EngineError) {
      try session.mayUseIndexes(believesIndexes(for: query))
      if let keys = try session.orphanKeys(violating: query, merging: false) { return keys }
      return try session.sharedKeys(violating: query, of: table, in: live)
    } catch {
      guard error.isAboutOneObject else { throw error }
      return nil
    }
  }

  /// Whether indexes may help: only where nothing but foreign keys is asked for.
  private func believesIndexes(for query: ViolationQuery) -> Bool {
    !scope.comparesKeys && query.isOfSettledOrder
  }

  /// How many rows violate each of some constraints that concern a row alone.
  private func violatingRowCounts(
    _ queries: [ViolationQuery]
  ) throws(EngineError) -> [ConstraintReference: Int] {
    guard queries.count > 1, let broken = BrokenRules(queries) else { return [:] }
    return broken.rowCounts(in: try session.rows(broken.sql))
  }

  /// Why the table of the query cannot even be looked into, when another session holds a lock on it.
  private func lock(on query: ViolationQuery?) throws -> EngineError? {
    guard let query else { return nil }
    try Interruption.check()
    do throws(EngineError) {
      _ = try session.rows("SELECT 1 FROM \(query.from) LIMIT 0")
    } catch {
      if error.isLockTimeout { return error }
    }
    return nil
  }

  /// Counts one constraint.
  ///
  /// - Parameter keys: all keys that rows may share; `nil` when nothing is known of them.
  private func count(
    _ query: ViolationQuery, among keys: [[String]]? = nil, origin: CheckReport.Origin,
    into report: inout CheckReport
  ) throws {
    try Interruption.check()
    progress(query.constraint)
    do throws(EngineError) {
      try session.mayUseIndexes(believesIndexes(for: query))
      let (violating, samples) = try countAndSamples(of: keys.map(query.among) ?? query)
      report.checkedConstraintCount += 1
      guard violating > 0 else { return }
      report.findings.append(
        CheckReport.Finding(
          constraint: query.constraint, origin: origin, violatingRowCount: violating, reason: query.reason,
          sampleColumns: query.sampleColumns, samples: samples, withheldColumns: query.withheldColumns,
          listSQL: query.listSQL))
    } catch {
      guard error.isAboutOneObject else { throw error }
      report.unchecked.append(CheckReport.Unchecked(query.constraint, because: error))
    }
  }

  /// How many rows violate, and some of them; none when they can be counted and not shown.
  private func countAndSamples(of query: ViolationQuery) throws(EngineError) -> (Int, [[String?]]) {
    do throws(EngineError) {
      let rows = try session.rows(query.countAndSampleSQL(limit: Self.sampleCount))
      return (rows.first?.first?.flatMap { Int($0) } ?? 0, rows.map { Array($0.dropFirst()) })
    } catch {
      guard error.isAboutOneObject, error.kind != .timeout else { throw error }
      return (try session.number(query.countSQL), [])
    }
  }
}

extension CheckReport.Unchecked {
  fileprivate init(_ constraint: ConstraintReference, because error: EngineError) {
    self.init(constraint: constraint, reason: error.message, hint: error.hint)
  }
}

extension CheckReport {
  /// Notes that nothing could be asked.
  fileprivate mutating func leave(_ queries: [ViolationQuery], because error: EngineError) {
    unchecked += queries.map { Unchecked($0.constraint, because: error) }
  }
}

extension ConstraintReading.Outcome {
  fileprivate var soundConstraints: Set<ConstraintReference> {
    Set(violatingRowCounts.filter { $0.value == 0 }.keys)
  }
}

extension Table {
  /// Whether the database says of its constraint that all rows were checked.
  fileprivate func isValidated(_ constraint: ConstraintReference) -> Bool {
    foreignKeys.first { $0.name == constraint.name && constraint.kind == .foreignKey }?.isVouchedFor
      ?? checks.first { $0.name == constraint.name && constraint.kind == .checkConstraint }?.isVouchedFor
      ?? true
  }
}
