import Foundation

/// What a drill did and proved: kept in the ledger, and printed by `plumb drill --format json`.
///
/// Fields are only ever added.
package struct DrillRecord: Hashable, Sendable, Codable {
  /// What the drill says of the backup.
  package enum Verdict: String, Hashable, Sendable, Codable {
    /// Every row is there again, every constraint holds, nothing had to be set aside.
    case proven
    /// Everything is there again or in quarantine, but somebody should look: rows were set aside, or the
    /// blueprint says something else.
    case provenWithFindings = "proven with findings"
    /// Rows or structure are not what was backed up, or the restore could not be finished.
    case failed
  }

  /// `plumb/drill`, or `plumb/restore` for a restore into a database of the user's.
  package var format = "plumb/drill"
  package var version = 1
  /// The drilled backup's id.
  package var backup: String
  package var database: String
  package var engine: DatabaseEngine
  package var startedAt: Date
  package var verdict: Verdict
  /// Where it was restored, in words: `throw-away PostgreSQL 15.20 server`.
  package var staging: String
  package var timeline: Timeline
  package var backupRowCount: Int
  package var backupByteCount: Int
  package var restoredRowCount = 0
  package var setAside: [SetAsideRows] = []
  /// Violating rows that policies left in their tables; `nil` in records of before there were policies.
  package var handled: [PolicyOutcome]?
  /// Rows that were left out on purpose, because they do not belong to the rows that were asked for.
  package var leftOut: [LeftOutRows]?
  package var enforcedConstraintCount = 0
  /// Tables whose rows are not those that were backed up, each in one line.
  package var contentMismatches: [String] = []
  /// Whether every restored row was read back and hashed.
  package var isContentProven = false
  /// What could not be restored or does not hold, each in one line.
  package var problems: [String] = []
  /// How the restored structure differs from the source's, each in one line.
  package var structureDifferences: [String] = []
  /// How it differs from the blueprint, each in one line; `nil` when there was no blueprint to hold it against.
  package var blueprintDifferences: [String]?
  /// Kinds that were seen and not compared.
  package var notCompared: [String] = []
  /// Things worth knowing that are no findings.
  package var notes: [String] = []
  /// The program that took a physical backup; `nil` for a logical one, whose rows are compared one by one.
  package var provider: String?
  /// Up to where a physical backup was recovered, in words.
  package var recoveredTo: String?
  /// Smoke queries that were asked and answered as expected.
  package var smokeQueryCount: Int?
  /// The fingerprints of the structures that were found, by database; of physical backups only.
  package var fingerprints: [String: String]?

  package init(
    backup: BackupManifest, startedAt: Date, verdict: Verdict, staging: String, timeline: Timeline
  ) {
    self.backup = backup.id
    database = backup.database
    engine = backup.engine
    self.startedAt = startedAt
    self.verdict = verdict
    self.staging = staging
    self.timeline = timeline
    backupRowCount = backup.rowCount
    backupByteCount = backup.byteCount
  }
}
