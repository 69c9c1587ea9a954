import Engines
import Foundation
import SchemaModel
import SchemaText

/// Takes a backup: a standard archive, and beside it what proves it.
package struct Backup {
  let source: LiveLocation
  let store: BackupStore
  let workers: Int
  let now: @Sendable () -> Date

  package init(
    _ source: LiveLocation, into store: BackupStore, workers: Int, now: @escaping @Sendable () -> Date
  ) {
    self.source = source
    self.store = store
    self.workers = workers
    self.now = now
  }

  /// Writes the backup aside and gives it its name only when it is whole.
  ///
  /// - Parameter progress: told of each table that was counted and hashed.
  package func run(progress: @escaping @Sendable (TableDigest) -> Void) throws -> StoredBackup {
    let startedAt = now()
    let database = try databaseName()
    let engine = source.engine
    let partial = try PartialBackup(named: Self.name(of: database, at: startedAt), in: store.path)
    do {
      return try write(into: partial, of: database, on: engine, startedAt: startedAt, progress: progress)
    } catch let error as EngineError where error.kind == .damaged {
      throw error.during("backing up \(source.displayName)")
    } catch let error as EngineError where error.kind == .diskFull && error.sqlState == nil {
      throw OperationError(
        "no room is left in the backup store \(store.path)", detail: [error.message] + error.detail,
        hint: "Free room on its disk, or name another folder with --to.")
    }
  }

  private func write(
    into partial: PartialBackup, of database: String, on engine: DatabaseEngine, startedAt: Date,
    progress: @escaping @Sendable (TableDigest) -> Void
  ) throws -> StoredBackup {
    let aside = partial.path
    let archive = "\(aside)/\(StoredBackup.archiveName(for: engine))"
    let evidence = try write(archive: archive, progress: progress)
    let files = try StoredBackup.files(in: aside, under: StoredBackup.archiveName(for: engine)).map { path in
      let known = evidence.files.first { path == "\(StoredBackup.archiveName(for: engine))/\($0.name)" }
      if let known {
        return BackupManifest.File(path: path, byteCount: known.byteCount, sha256: known.sha256)
      }
      let digest = try FileDigest.sha256(ofFile: "\(aside)/\(path)")
      return BackupManifest.File(path: path, byteCount: digest.byteCount, sha256: digest.sha256)
    }
    var manifest = BackupManifest(
      id: partial.id, engine: engine, database: database, source: source.displayName,
      serverVersion: evidence.schema.serverVersion, archiveTool: evidence.archiveTool, startedAt: startedAt,
      finishedAt: now(), schemaFingerprint: Fingerprint(of: evidence.schema).hexadecimal,
      tables: evidence.tables, files: files)
    manifest.databaseByteCount = evidence.databaseByteCount
    manifest.walPosition = evidence.walPosition
    manifest.locale = evidence.locale
    manifest.roles = evidence.roles
    try DurableFile.write(
      Data(SchemaDocument.text(of: evidence.schema).utf8), to: "\(aside)/\(StoredBackup.schemaName)")
    try DurableFile.write(
      Data(try RecordDocument.text(of: manifest).utf8), to: "\(aside)/\(StoredBackup.manifestName)")
    for file in files { try DurableFile.sync("\(aside)/\(file.path)") }
    try DurableFile.sync(archive)
    return try StoredBackup(folder: try partial.finish())
  }

  private func write(
    archive: String, progress: @escaping @Sendable (TableDigest) -> Void
  ) throws -> BackupEvidence {
    switch source {
    case .postgres(let place):
      try PostgresBackup.write(from: place, into: archive, workers: workers, progress: progress)
    case .sqlite(let path):
      try SQLiteBackup.write(fromFile: path, into: archive, progress: progress)
    }
  }

  private func databaseName() throws -> String {
    try LiveDatabase.open(source, statementSeconds: 60).databaseName
  }

  /// Database and time, in characters every file system takes.
  private static func name(of database: String, at time: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    let name = String(
      database.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    return "\(name)-\(formatter.string(from: time))"
  }
}
