import Foundation

extension DrillRecord {
  /// The record of a physical backup's drill, before anything was done.
  ///
  /// - Parameters:
  ///   - id: what the ledger and the catalog know the backup by.
  ///   - provider: the program that took it.
  package init(physical id: String, by provider: String, byteCount: Int, startedAt: Date) {
    backup = id
    database = ""
    engine = .postgreSQL
    self.startedAt = startedAt
    verdict = .failed
    staging = "nowhere"
    timeline = Timeline()
    backupRowCount = 0
    backupByteCount = byteCount
    self.provider = provider
  }
}
