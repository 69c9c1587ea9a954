import Analysis
import Foundation
import SchemaModel

extension DrillRecord {
  /// The record of a restore into a database of the user's.
  package init(restored backup: StoredBackup, into place: String, report: RestoreReport, at startedAt: Date) {
    self.init(
      backup: backup.manifest, startedAt: startedAt, verdict: .failed, staging: place,
      timeline: report.timeline)
    format = "plumb/restore"
    take(report)
  }

  /// Takes over what a restore found, and judges it.
  mutating func take(_ report: RestoreReport) {
    backupRowCount = report.expected.reduce(0) { $0 + $1.rowCount }
    restoredRowCount = report.restoredRowCount
    setAside = report.setAside
    handled = report.handled
    leftOut = report.leftOut.isEmpty ? nil : report.leftOut
    notes += report.notes
    enforcedConstraintCount = report.enforcedConstraintCount
    isContentProven = report.isContentProven
    contentMismatches = report.mismatches.map { mismatch in
      """
      \(mismatch.table): \(mismatch.foundRowCount) rows \(mismatch.place.rawValue), \
      \(mismatch.expectedRowCount) in the \(mismatch.witness.rawValue)\
      \(mismatch.foundRowCount == mismatch.expectedRowCount ? ", with other contents" : "")\
      \(mismatch.rows.map { $0.words.isEmpty ? "" : "; \($0.words)" } ?? "")
      """
    }
    problems = report.problems
    structureDifferences = report.structure?.differences.map(\.line) ?? []
    if report.structure?.differences.contains(where: \.isOfColumnOrder) == true {
      notes.append(
        "pg_dump makes a table that inherits with the columns of its parents first: no dump brings another order back"
      )
    }
    notCompared = report.structure?.notComparedInSecond.map { "\($0.kind) (\($0.count))" } ?? []
    notes += report.keptUnvalidated.map { "\($0) was not validated in the source and stays so" }
    notes += report.keptUnenforced.map { "\($0) is not enforced in the source and stays so" }
    judge()
  }

  /// The verdict that follows from what was found.
  mutating func judge() {
    let isWhole = contentMismatches.isEmpty && problems.isEmpty && structureDifferences.isEmpty
    let isClean = setAside.isEmpty && (handled ?? []).isEmpty && (blueprintDifferences ?? []).isEmpty
    verdict = !isWhole ? .failed : isClean ? .proven : .provenWithFindings
  }
}

extension SchemaDifference {
  fileprivate var isOfColumnOrder: Bool {
    if case .changed(SchemaDifference.columnOrderFact, _, _) = change { return true }
    return false
  }

  /// The difference in one line of words.
  package var line: String {
    switch change {
    case .missing: "\(object) is missing"
    case .unexpected: "\(object) is not expected"
    case .changed(let fact, let expected, let found): "\(object): \(fact) is \(found), expected \(expected)"
    }
  }
}
