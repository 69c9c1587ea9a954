import Analysis
import Engines
import Foundation
import SchemaModel

/// Rehearses the day the database is lost: restores a backup into a throw-away place and proves it.
package struct Drill {
  let backup: StoredBackup
  let blueprint: Schema?
  let workers: Int
  let now: @Sendable () -> Date

  /// - Parameter blueprint: what the restored structure is held against, when there is one.
  package init(
    _ backup: StoredBackup, blueprint: Schema?, workers: Int, now: @escaping @Sendable () -> Date
  ) {
    self.backup = backup
    self.blueprint = blueprint
    self.workers = workers
    self.now = now
  }

  /// Restores, proves, and cleans up; a backup that cannot be restored is a result, not an error.
  package func run(progress: @escaping @Sendable (RestoreProgress) -> Void) throws -> DrillRecord {
    let startedAt = now()
    var timeline = Timeline()
    var clock = PhaseClock(progress: progress)
    let staging = try clock.phase("prepare staging", into: &timeline) {
      let staging = try Staging.make(for: backup, workers: workers)
      return (staging, .note(staging.name))
    }
    var record = DrillRecord(
      backup: backup.manifest, startedAt: startedAt, verdict: .failed, staging: staging.name,
      timeline: timeline)
    record.notes = staging.notes
    do {
      let report = try Restore(backup, verification: .full, progress: progress).run(on: staging.target)
      record.timeline.phases += report.timeline.phases
      record.blueprintDifferences = try clock.phase("compare with the blueprint", into: &record.timeline) {
        let differences = try blueprint.map {
          try Drift(blueprint: $0, live: staging.target.session).report.lines
        }
        return (differences, .note(differences == nil ? "no blueprint given" : nil))
      }
      record.take(report)
    } catch let error as EngineError where error.kind != .interrupted {
      record.problems.append(error.lines)
    } catch let error as OperationError {
      record.problems.append(([error.message] + error.detail).joined(separator: "; "))
    }
    try Interruption.check()
    return record
  }
}

extension EngineError {
  /// Message and detail in one line, for a record.
  fileprivate var lines: String { ([message] + detail).joined(separator: "; ") }
}
