import Engines
import Foundation
import SchemaModel

extension SelfTest {
  /// Tests the drill of an archive of rows.
  package static func run(
    _ backup: StoredBackup, workers: Int, now: @escaping @Sendable () -> Date,
    progress: @escaping @Sendable (RestoreProgress) -> Void
  ) throws -> Report {
    var report = Report(backup: backup.manifest.id)
    func drill(_ backup: StoredBackup, blueprint: Schema? = nil) throws -> Run {
      try rehearse(progress) { progress in
        try Drill(backup, blueprint: blueprint, workers: workers, now: now).run(progress: progress)
      }
    }
    let undamaged = try drill(backup)
    report.undamaged = undamaged.record.verdict
    let folder = try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "selftest")
    }
    let archive = StoredBackup.archiveName(for: backup.manifest.engine)
    for damage in ["a byte is changed", "a file is missing"] {
      try Interruption.check()
      let copy = "\(folder.path)/damaged"
      try Self.copy(backup.folder, to: copy)
      defer { try? FileManager.default.removeItem(atPath: copy) }
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(copy)/\(archive)", isDirectory: &isFolder)
      let file =
        isFolder.boolValue ? files(in: "\(copy)/\(archive)").first.map { "\(archive)/\($0)" } : archive
      guard let file else { continue }
      if damage.hasPrefix("a byte") { try flipByte(of: "\(copy)/\(file)") } else { unlink("\(copy)/\(file)") }
      report.trials.append(
        Trial(damage: "\(damage): \(file)", outcome: try drill(try StoredBackup(folder: copy)).failure))
    }
    // A flaw inside of the database has to get into an archive as it does in life: it is backed up with the rest.
    let (flawed, orphans, dropped) = try flawedBackup(of: backup, in: folder.path, workers: workers, now: now)
    let run = try drill(flawed, blueprint: backup.schema)
    report.trials += [
      Trial(
        damage: "a row is removed that others refer to" + (orphans.map { ": \($0.key.name)" } ?? ""),
        outcome: orphans.map { run.orphans($0) }
          ?? .notTried("no row refers to another")),
      Trial(
        damage: (backup.manifest.engine == .sqlite ? "an index" : "a constraint") + " is dropped"
          + (dropped.map { ": \($0)" } ?? ""),
        outcome: dropped.map { run.loss(of: $0) } ?? .notTried("there is none to drop")),
    ]
    return report
  }

  private static func flawedBackup(
    of backup: StoredBackup, in folder: String, workers: Int, now: @escaping @Sendable () -> Date
  ) throws -> (StoredBackup, PlantedFlaws.Orphans?, String?) {
    let staging = try Staging.make(for: backup, workers: workers)
    _ = try Restore(backup, verification: .archive, progress: { _ in }).run(on: staging.target)
    let session = staging.target.session
    let flaws = PlantedFlaws(session, schema: try session.schema())
    let orphans = try flaws.plantOrphan()
    let dropped = try flaws.dropConstraint(except: orphans?.key)
    let source: LiveLocation
    switch backup.manifest.engine {
    case .postgreSQL:
      guard let connection = session as? PostgresConnection else {
        throw OperationError("the throw-away database cannot be reached a second time")
      }
      source = .postgres(connection.place)
    case .sqlite:
      guard let path = try session.rows("PRAGMA database_list").first?[2] else {
        throw OperationError("the throw-away database has no file")
      }
      source = .sqlite(path: path)
    }
    let flawed = try withExtendedLifetime(staging) {
      try Backup(source, into: BackupStore(path: "\(folder)/store"), workers: workers, now: now).run { _ in }
    }
    return (flawed, orphans, dropped)
  }
}
