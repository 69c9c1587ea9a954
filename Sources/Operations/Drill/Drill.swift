import Analysis
import Engines
import Foundation
import SchemaModel

/// Rehearses the day the database is lost: restores a backup into a throw-away place and proves it.
package struct Drill {
  let backup: StoredBackup
  let blueprint: Schema?
  let smoke: [SmokeQuery]
  let pages: ViolationScan.Pages
  let workers: Int
  let policies: RestorePolicies
  let now: @Sendable () -> Date

  /// - Parameters:
  ///   - blueprint: what the restored structure is held against, when there is one.
  ///   - policies: what is done with rows that violate constraints.
  ///   - smoke: questions whose answers are known.
  ///   - pages: how the pages of a restored PostgreSQL database are looked at.
  package init(
    _ backup: StoredBackup, blueprint: Schema?, smoke: [SmokeQuery] = [],
    pages: ViolationScan.Pages = .none, workers: Int, policies: RestorePolicies = .quarantineAll,
    now: @escaping @Sendable () -> Date
  ) {
    self.backup = backup
    self.blueprint = blueprint
    self.smoke = smoke
    self.pages = pages
    self.workers = workers
    self.policies = policies
    self.now = now
  }

  /// Restores, proves, and cleans up; a backup that cannot be restored is a result, not an error.
  ///
  /// - Throws: what says nothing of the backup: no server to be had, no room, a lost connection, an interruption.
  package func run(progress: @escaping @Sendable (RestoreProgress) -> Void) throws -> DrillRecord {
    var record = DrillRecord(
      backup: backup.manifest, startedAt: now(), verdict: .failed, staging: "nowhere", timeline: Timeline())
    let hold = try BackupHold(folder: backup.folder)
    defer { withExtendedLifetime(hold) {} }
    do {
      try rehearse(into: &record, progress: progress)
    } catch let error as EngineError where error.isAboutTheBackup {
      record.problems.append(([error.message] + error.detail).joined(separator: "; "))
    } catch let error as EngineError where error.kind != .interrupted {
      throw error.sayingNothingOfTheBackup
    } catch let error as OperationError {
      record.problems.append(([error.message] + error.detail).joined(separator: "; "))
    }
    try Interruption.check()
    return record
  }

  private func rehearse(
    into record: inout DrillRecord, progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws {
    var clock = PhaseClock(progress: progress)
    let restore = Restore(backup, verification: .full, policies: policies, progress: progress)
    // Damage is found before a server is started for it.
    try restore.verifyArchive(into: &record.timeline)
    let staging = try clock.phase("prepare staging", into: &record.timeline) {
      let staging = try Staging.make(for: backup, workers: workers)
      return (staging, .note(staging.name))
    }
    record.staging = staging.name
    record.notes = staging.notes
    let report = try restore.run(on: staging.target)
    record.timeline.phases += report.timeline.phases
    record.blueprintDifferences = try clock.phase("compare with the blueprint", into: &record.timeline) {
      let differences = try blueprint.map {
        try Drift(blueprint: $0, live: staging.target.session).report.lines
      }
      return (differences, .note(differences == nil ? "no blueprint given" : nil))
    }
    record.take(report)
    try askSmokeQueries(on: staging, into: &record, clock: &clock)
    try checkPages(of: staging, into: &record, clock: &clock)
    record.judge()
  }

  private func checkPages(
    of staging: Staging, into record: inout DrillRecord, clock: inout PhaseClock
  ) throws {
    guard pages != .none, let session = staging.target.session as? PostgresConnection else { return }
    // Without tables to count there are only pages to look at: the rows have been counted.
    let nothing = Schema(engine: .postgreSQL, serverVersion: session.serverVersion)
    let subject = ViolationScan.Subject(place: session.place, schema: nothing, order: [])
    let findings = try clock.phase("check pages", into: &record.timeline) {
      let findings = try ViolationScan([subject], pages: pages, workers: workers).run()
      let count = findings.first?.checkedIndexCount
      return (findings, .note(count.map { "amcheck, \($0) indexes" } ?? "amcheck is not installed"))
    }
    record.problems += findings.flatMap(\.damage)
  }

  private func askSmokeQueries(
    on staging: Staging, into record: inout DrillRecord, clock: inout PhaseClock
  ) throws {
    guard !smoke.isEmpty else { return }
    let outcome = try clock.phase("ask smoke queries", into: &record.timeline) {
      let outcome = try SmokeQuestions(queries: smoke).ask(
        staging.target.session, database: backup.manifest.database, isOnly: true)
      return (outcome, .note("\(outcome.askedCount) asked"))
    }
    record.smokeQueryCount = outcome.askedCount - outcome.problems.count
    record.problems += outcome.problems
  }
}

extension EngineError {
  /// Whether the trouble lies in what is restored, and not in the place where that is tried.
  fileprivate var isAboutTheBackup: Bool {
    switch kind {
    case .damaged, .violation, .refused, .notFound, .permission: true
    case .unreachable, .authentication, .diskFull, .connectionLost, .timeout, .interrupted, .unsupported:
      false
    }
  }

  /// The trouble as that of a drill: it lies in the place where a restore was tried.
  var sayingNothingOfTheBackup: OperationError {
    OperationError(
      "the drill could not be done: \(message)", detail: detail + ["this says nothing of the backup"],
      hint: kind == .diskFull
        ? "Free room, or set PLUMB_TMPDIR to a folder on a larger disk, and run it again." : hint)
  }
}
