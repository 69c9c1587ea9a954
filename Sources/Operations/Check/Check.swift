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
  let progress: (ConstraintReference) -> Void

  /// - Parameter blueprint: whose constraints are counted too, where the database has the table and its columns.
  package init(
    _ session: any DatabaseSession, blueprint: Schema?, scope: CheckScope = CheckScope(),
    progress: @escaping (ConstraintReference) -> Void
  ) {
    self.session = session
    self.blueprint = blueprint
    self.scope = scope
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
    try session.avoidIndexes()
    var report = CheckReport(scope: scope)
    let reading = scope.comparesKeys ? try session.constraintReading(of: live) : nil
    var unchecked: [ObjectName: [CheckReport.Unchecked]] = [:]
    let tables = Dictionary(live.tables.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    // Parents first, so that what is known of their keys can be held against the rows that refer to them.
    for table in RestoreOrder(of: live.tables).tables.compactMap({ tables[$0] })
    where wanted.contains(table.name) {
      report.unchecked = []
      let queries =
        ViolationQuery.all(of: table, in: live)
        + ViolationQuery.domains(of: table, in: live, notValidToo: true)
      try count(queries.filter(scope.includes), of: table, in: live, by: reading, into: &report)
      unchecked[table.name] = report.unchecked
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

  /// Counts all constraints of a table.
  private func count(
    _ queries: [ViolationQuery], of table: Table, in live: Schema, by reading: ConstraintReading?,
    into report: inout CheckReport
  ) throws {
    // Somebody else's lock would be waited for once for each constraint.
    if let lock = try lock(on: queries.first) {
      report.unchecked += queries.map { CheckReport.Unchecked($0.constraint, because: lock) }
      return
    }
    // Mostly all is well, and one look at the table tells so.
    let known = try look(queries, table, by: reading)
    for query in queries {
      let knownCount = known.violatingRowCounts[query.constraint]
      var keys = known.suspectedKeys[query.constraint]
      if keys == nil, knownCount == nil { keys = try sharedKeys(violating: query, of: table, in: live) }
      guard knownCount != 0, keys?.isEmpty != true else {
        report.checkedConstraintCount += 1
        progress(query.constraint)
        continue
      }
      try count(
        query, among: keys,
        origin: query.isVouchedFor && table.isValidated(query.constraint) ? .declared : .notValid,
        into: &report)
    }
  }

  /// What can be told of a table's constraints at once.
  private func look(
    _ queries: [ViolationQuery], _ table: Table, by reading: ConstraintReading?
  ) throws -> ConstraintReading.Outcome {
    try Interruption.check()
    do throws(EngineError) {
      if let outcome = try reading?.read(table, for: queries) { return outcome }
      return .init(violatingRowCounts: try violatingRowCounts(queries.filter(\.concernsOneRow)))
    } catch {
      guard error.isAboutOneObject else { throw error }
      return .init()
    }
  }

  /// The keys that rows share in a table that is too large to be read for all its constraints at once.
  private func sharedKeys(
    violating query: ViolationQuery, of table: Table, in live: Schema
  ) throws -> [[String]]? {
    try Interruption.check()
    do throws(EngineError) {
      return try session.sharedKeys(violating: query, of: table, in: live)
    } catch {
      guard error.isAboutOneObject else { throw error }
      return nil
    }
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

extension EngineError {
  /// SQLSTATE `lock_not_available`.
  fileprivate var isLockTimeout: Bool { sqlState == "55P03" }
}

extension DatabaseSession {
  /// Keeps PostgreSQL from answering from an index: a damaged index would vouch for itself.
  fileprivate func avoidIndexes() throws(EngineError) {
    guard engine == .postgreSQL else { return }
    try execute("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off")
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
