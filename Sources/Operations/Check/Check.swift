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
  let progress: (ConstraintReference) -> Void

  /// - Parameter blueprint: whose constraints are counted too, where the database has the table and its columns.
  package init(
    _ session: any DatabaseSession, blueprint: Schema?, progress: @escaping (ConstraintReference) -> Void
  ) {
    self.session = session
    self.blueprint = blueprint
    self.progress = progress
  }

  /// Counts everything; what cannot be counted is listed with the reason.
  package func run() throws -> CheckReport {
    do {
      return try count()
    } catch let error as EngineError where error.kind == .damaged {
      throw error.during("checking \(session.displayName)")
    }
  }

  private func count() throws -> CheckReport {
    let live = try session.schema()
    try session.avoidIndexes()
    var report = CheckReport()
    for table in live.tables {
      let queries = ViolationQuery.all(of: table, in: live)
      // Somebody else's lock would be waited for once for each constraint.
      if let lock = try lock(on: queries.first) {
        report.unchecked += queries.map { CheckReport.Unchecked($0.constraint, because: lock) }
        continue
      }
      // What concerns a row alone is counted in one pass over the table; mostly all is well, and that is all.
      let (alone, together) = queries.partitioned { $0.concernsOneRow }
      let isClean = try isClean(alone, into: &report)
      for query in (isClean ? [] : alone) + together {
        let isValid = table.isValidated(query.constraint)
        try count(query, origin: isValid ? .declared : .notValid, into: &report)
      }
    }
    if let blueprint {
      for probe in DriftProbes.find(blueprint: blueprint, live: live) {
        try count(probe.violations(in: live), origin: .blueprintOnly, into: &report)
      }
    }
    report.findings.sort {
      ($1.violatingRowCount, $0.constraint.table, $0.constraint.name)
        < ($0.violatingRowCount, $1.constraint.table, $1.constraint.name)
    }
    return report
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

  /// Whether no row violates any of the constraints; false also when that cannot be told in one pass.
  private func isClean(_ queries: [ViolationQuery], into report: inout CheckReport) throws -> Bool {
    guard queries.count > 1, let from = queries.first?.from else { return false }
    try Interruption.check()
    queries.forEach { progress($0.constraint) }
    let condition = queries.map { "(\($0.predicate))" }.joined(separator: " OR ")
    let violating: Int
    do throws(EngineError) {
      violating = try session.number("SELECT count(*) FROM \(from) WHERE \(condition)")
    } catch {
      guard error.isAboutOneObject else { throw error }
      return false
    }
    guard violating == 0 else { return false }
    report.checkedConstraintCount += queries.count
    return true
  }

  private func count(
    _ query: ViolationQuery, origin: CheckReport.Origin, into report: inout CheckReport
  ) throws {
    try Interruption.check()
    progress(query.constraint)
    do throws(EngineError) {
      let violating = try session.number(query.countSQL)
      report.checkedConstraintCount += 1
      guard violating > 0 else { return }
      report.findings.append(
        CheckReport.Finding(
          constraint: query.constraint, origin: origin, violatingRowCount: violating, reason: query.reason,
          sampleColumns: query.sampleColumns, samples: try samples(of: query),
          withheldColumns: query.withheldColumns, listSQL: query.listSQL))
    } catch {
      guard error.isAboutOneObject else { throw error }
      report.unchecked.append(CheckReport.Unchecked(query.constraint, because: error))
    }
  }

  /// Some violating rows; none when they take too long to find, for they are counted already.
  private func samples(of query: ViolationQuery) throws(EngineError) -> [[String?]] {
    do throws(EngineError) {
      return try session.rows(query.sampleSQL(limit: Self.sampleCount))
    } catch {
      guard error.isAboutOneObject else { throw error }
      return []
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

extension ViolationQuery {
  /// Whether a row violates it by its own values alone.
  fileprivate var concernsOneRow: Bool { constraint.kind == .column || constraint.kind == .checkConstraint }
}

extension Array {
  /// The elements that meet the condition, and the others, both in order.
  fileprivate func partitioned(_ condition: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(condition), filter { !condition($0) })
  }
}
