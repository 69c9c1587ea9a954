import Engines
import Foundation
import SchemaModel
import SchemaText

/// Takes a backup: a standard archive, and beside it what proves it.
package struct Backup {
  let source: LiveLocation
  let store: BackupStore
  let recipients: AgeRecipients?
  let workers: Int
  let now: @Sendable () -> Date

  /// - Parameter recipients: who will be able to read it; `nil` leaves it as it is.
  package init(
    _ source: LiveLocation, into store: BackupStore, encryptedTo recipients: AgeRecipients? = nil,
    workers: Int, now: @escaping @Sendable () -> Date
  ) {
    self.source = source
    self.store = store
    self.recipients = recipients
    self.workers = workers
    self.now = now
  }

  /// Writes the backup aside and gives it its name only when it is whole.
  ///
  /// - Parameters:
  ///   - progress: told of each table that was counted and hashed.
  ///   - uploading: told of bytes that have reached object storage, of how many.
  package func run(
    progress: @escaping @Sendable (TableDigest) -> Void,
    uploading: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> StoredBackup {
    let startedAt = now()
    let database = try databaseName()
    let stem = Self.name(of: database, at: startedAt)
    do {
      if let objects = try store.objects() {
        return try upload(to: objects, as: stem, of: database, startedAt, progress, uploading)
      }
      let partial = try PartialBackup(named: stem, in: store.path)
      let evidence: Written
      if recipients == nil {
        evidence = try write(into: partial.path, progress: progress)
        try finish(evidence, as: partial.id, of: database, startedAt, in: partial.path, to: partial.path)
      } else {
        // What can be read by anybody never lies in the store, not even for a while.
        let plain = try stagingFolder()
        evidence = try write(into: plain.path, progress: progress)
        try finish(evidence, as: partial.id, of: database, startedAt, in: plain.path, to: partial.path)
      }
      let folder = try partial.finish()
      return recipients == nil
        ? try StoredBackup(folder: folder)
        : StoredBackup(
          taken: try StoredBackup.readManifest(in: folder), schema: evidence.evidence.schema, at: folder)
    } catch let error as EngineError where error.kind == .damaged {
      throw error.during("backing up \(source.displayName)")
    } catch let error as EngineError where error.kind == .diskFull && error.sqlState == nil {
      let isStaged = recipients != nil || store.isRemote
      throw OperationError(
        isStaged ? "no room is left for the backup" : "no room is left in the backup store \(store.path)",
        detail: [error.message] + error.detail,
        hint: isStaged
          ? "It is first written to a temporary folder: free room there, or set PLUMB_TMPDIR to a folder on a larger disk."
          : "Free room on its disk, or name another folder with --to.")
    }
  }

  /// The archive, and what is known of it.
  private struct Written {
    var evidence: BackupEvidence
    var files: [BackupManifest.File]
  }

  private func stagingFolder() throws -> TemporaryDirectory {
    _ = TemporaryDirectory.removeLeftovers(for: "backup")
    return try translatingFailures(of: "a temporary directory was made") {
      try TemporaryDirectory(for: "backup")
    }
  }

  /// Object storage gets files that are whole: an upload that fails can be repeated without asking the database again.
  private func upload(
    to objects: ObjectBackups, as stem: String, of database: String, _ startedAt: Date,
    _ progress: @escaping @Sendable (TableDigest) -> Void,
    _ uploading: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> StoredBackup {
    // A wrong key or a bucket that is not there is told before the work and not after it.
    _ = try objects.removeLeftovers(at: now())
    let staging = try stagingFolder()
    let plain = "\(staging.path)/plain"
    let folder = recipients == nil ? plain : "\(staging.path)/encrypted"
    for path in Set([plain, folder]) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    let written = try write(into: plain, progress: progress)
    let claim = try objects.claim(stem, at: now())
    try finish(written, as: claim.backup, of: database, startedAt, in: plain, to: folder)
    try objects.upload(folder, as: claim, now: now, told: uploading)
    return StoredBackup(
      taken: try StoredBackup.readManifest(in: folder), schema: written.evidence.schema,
      at: "\(objects.storage.location)/\(claim.backup)")
  }

  private func write(
    into folder: String, progress: @escaping @Sendable (TableDigest) -> Void
  ) throws -> Written {
    let name = StoredBackup.archiveName(for: source.engine)
    let evidence = try write(archive: "\(folder)/\(name)", progress: progress)
    let files = try StoredBackup.files(in: folder, under: name).map { path in
      if let known = evidence.files.first(where: { path == "\(name)/\($0.name)" }) {
        return BackupManifest.File(path: path, byteCount: known.byteCount, sha256: known.sha256)
      }
      return try Self.file(path, in: folder)
    }
    return Written(evidence: evidence, files: files)
  }

  private static func file(_ path: String, in folder: String) throws -> BackupManifest.File {
    let digest = try FileDigest.sha256(ofFile: "\(folder)/\(path)")
    return BackupManifest.File(path: path, byteCount: digest.byteCount, sha256: digest.sha256)
  }

  /// Writes the documents beside the archive, encrypts what is to be encrypted, and flushes all of it; the manifest comes last.
  ///
  /// - Parameter destination: another folder than `folder` when it is encrypted.
  private func finish(
    _ written: Written, as id: String, of database: String, _ startedAt: Date, in folder: String,
    to destination: String
  ) throws {
    let evidence = written.evidence
    var manifest = BackupManifest(
      id: id, engine: source.engine, database: database, source: source.displayName,
      serverVersion: evidence.schema.serverVersion, archiveTool: evidence.archiveTool, startedAt: startedAt,
      finishedAt: now(), schemaFingerprint: Fingerprint(of: evidence.schema).hexadecimal,
      tables: evidence.tables, files: written.files)
    manifest.databaseByteCount = evidence.databaseByteCount
    manifest.walPosition = evidence.walPosition
    manifest.locale = evidence.locale
    manifest.roles = evidence.roles
    try DurableFile.write(
      Data(SchemaDocument.text(of: evidence.schema).utf8), to: "\(folder)/\(StoredBackup.schemaName)")
    if let recipients {
      manifest.encryption = try encrypt(written.files, in: folder, to: destination, for: recipients)
      manifest.version = 2
    }
    for file in manifest.encryption?.files ?? written.files {
      try DurableFile.sync("\(destination)/\(file.path)")
    }
    try DurableFile.sync("\(destination)/\(StoredBackup.archiveName(for: source.engine))", ifThere: true)
    try DurableFile.write(
      Data(try RecordDocument.text(of: manifest).utf8), to: "\(destination)/\(StoredBackup.manifestName)")
  }

  /// Encrypts each file by itself, several at a time; the originals go, each as soon as it is encrypted.
  private func encrypt(
    _ files: [BackupManifest.File], in folder: String, to destination: String, for recipients: AgeRecipients
  ) throws -> BackupManifest.Encryption {
    if source.engine == .postgreSQL {
      try FileManager.default.createDirectory(
        atPath: "\(destination)/\(StoredBackup.archiveName(for: .postgreSQL))",
        withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let largestFirst = files.sorted { $0.byteCount > $1.byteCount }.map(\.path)
    let encrypted = try ParallelWork.run(
      largestFirst + [StoredBackup.schemaName], workers: workers, context: {},
      perform: { _, path in
        try Interruption.check()
        let name = path + StoredBackup.encryptedSuffix
        try recipients.encrypt("\(folder)/\(path)", to: "\(destination)/\(name)")
        unlink("\(folder)/\(path)")
        return try Self.file(name, in: destination)
      })
    return BackupManifest.Encryption(
      tool: try AgeRecipients.tool(), recipients: recipients.keys,
      files: encrypted.sorted { $0.path < $1.path })
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
