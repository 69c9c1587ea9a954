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
    let live = try session.schema()
    try session.avoidIndexes()
    var report = CheckReport()
    for table in live.tables where table.partition == nil {
      for query in ViolationQuery.all(of: table, session.engine) {
        let isValid = table.isValidated(query.constraint)
        try count(query, origin: isValid ? .declared : .notValid, into: &report)
      }
    }
    if let blueprint {
      for probe in DriftProbes.find(blueprint: blueprint, live: live) {
        try count(ViolationQuery(probe, session.engine), origin: .blueprintOnly, into: &report)
      }
    }
    report.findings.sort {
      ($1.violatingRowCount, $0.constraint.table, $0.constraint.name)
        < ($0.violatingRowCount, $1.constraint.table, $1.constraint.name)
    }
    return report
  }

  private func count(
    _ query: ViolationQuery, origin: CheckReport.Origin, into report: inout CheckReport
  ) throws {
    try Interruption.check()
    progress(query.constraint)
    do {
      let violating = try session.number(query.countSQL)
      report.checkedConstraintCount += 1
      guard violating > 0 else { return }
      report.findings.append(
        CheckReport.Finding(
          constraint: query.constraint, origin: origin, violatingRowCount: violating, reason: query.reason,
          sampleColumns: query.sampleColumns, samples: try session.rows(query.sampleSQL(limit: Self.sampleCount)),
          withheldColumns: query.withheldColumns, listSQL: query.listSQL))
    } catch let error as EngineError where error.isAboutOneObject {
      report.unchecked.append(
        CheckReport.Unchecked(constraint: query.constraint, reason: error.message))
    }
  }
}

extension EngineError {
  /// Whether another object may still be readable: everything else ends the run.
  fileprivate var isAboutOneObject: Bool {
    switch kind {
    case .permission, .timeout, .refused, .unsupported, .notFound: true
    case .unreachable, .authentication, .damaged, .diskFull, .connectionLost, .interrupted, .violation: false
    }
  }
}

extension DatabaseSession {
  /// The one number a query returns.
  func number(_ sql: String) throws(EngineError) -> Int {
    try rows(sql).first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }

  /// Keeps PostgreSQL from answering from an index: a damaged index would vouch for itself.
  fileprivate func avoidIndexes() throws(EngineError) {
    guard engine == .postgreSQL else { return }
    try execute("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off")
  }
}

extension Table {
  /// Whether the database says of its constraint that all rows were checked.
  fileprivate func isValidated(_ constraint: ConstraintReference) -> Bool {
    foreignKeys.first { $0.name == constraint.name && constraint.kind == .foreignKey }?.isValidated
      ?? checks.first { $0.name == constraint.name && constraint.kind == .checkConstraint }?.isValidated ?? true
  }
}
