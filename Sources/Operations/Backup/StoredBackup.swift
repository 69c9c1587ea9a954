import Engines
import Foundation
import SchemaModel
import SchemaText

/// A backup that can be restored: a folder with manifest, schema document and archive, or an archive of another tool.
///
/// It explains itself without the ledger.
package struct StoredBackup: Sendable {
  package static let manifestName = "manifest.json"
  package static let schemaName = "schema.json"
  /// What stands behind the name of a file that is encrypted.
  static let encryptedSuffix = ".age"

  /// What is known of its rows before it is restored.
  package enum Evidence: String, Hashable, Sendable, Codable {
    /// A manifest, which was written when the source was read.
    case manifest
    /// The archive alone: what it holds is counted and hashed when it is read.
    case archive
  }

  /// The backup's folder, or the archive of another tool.
  package let folder: String
  package let evidence: Evidence
  package let manifest: BackupManifest
  /// The archive: a dump of `pg_dump`, or a SQLite database file.
  package let archivePath: String
  /// The structure of the database when it was backed up.
  package let schema: Schema
  /// What the archive was opened as, where its structure had to be read from it.
  private let opened: PostgresArchive?
  /// Where the archive is, if it is only a copy for us to read.
  private let expanded: TemporaryDirectory?
  /// What it took to get there: fetching, decrypting.
  package let openingPhases: [Timeline.Phase]
  /// What was found wrong with it on the way.
  private let openingProblems: [String]

  /// Reads and checks the manifest and the schema document; the archive is not touched.
  ///
  /// - Parameters:
  ///   - expanded: the folder, if that is a copy; it is gone with the last of us.
  ///   - phases: what was done to get it.
  ///   - problems: what was found wrong with files that could not be decrypted.
  package init(
    folder: String, expanded: TemporaryDirectory? = nil, phases: [Timeline.Phase] = [],
    problems: [String] = []
  ) throws {
    self.folder = folder
    evidence = .manifest
    opened = nil
    self.expanded = expanded
    openingPhases = phases
    openingProblems = problems
    manifest = try Self.readManifest(in: folder)
    archivePath = "\(folder)/\(Self.archiveName(for: manifest.engine))"
    let path = "\(folder)/\(Self.schemaName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError(
        "the backup is incomplete: \(path) is missing", detail: problems,
        hint: "Use another backup: 'plumb backups' lists them.")
    }
    do {
      schema = try SchemaDocument.read(String(decoding: data, as: UTF8.self)).schema
    } catch {
      throw OperationError(
        "the backup's schema document cannot be read: \(path)", detail: [error.message] + error.detail,
        hint:
          "It was altered or is of a newer Plumbline; use another backup, or pg_restore or sqlite3 on its archive."
      )
    }
    guard Fingerprint(of: schema).hexadecimal == manifest.schemaFingerprint else {
      throw OperationError(
        "the backup's manifest does not fit its schema document", detail: [path],
        hint: "One of them was altered; use another backup.")
    }
  }

  /// An archive that another tool wrote.
  ///
  /// - Parameters:
  ///   - opened: the dump of `pg_dump` that it is, which need not be read a second time.
  ///   - expanded: the folder of `archivePath`, if that is a copy; it is gone with the last of us.
  init(
    archive path: String, readAs archivePath: String, manifest: BackupManifest, schema: Schema,
    opened: PostgresArchive? = nil, expanded: TemporaryDirectory? = nil
  ) {
    folder = path
    evidence = .archive
    self.archivePath = archivePath
    self.manifest = manifest
    self.schema = schema
    self.opened = opened
    self.expanded = expanded
    openingPhases = []
    openingProblems = []
  }

  /// One that was written a moment ago to a place where it cannot be read again without further ado.
  ///
  /// - Parameter place: the folder it has, or its place in object storage.
  init(taken manifest: BackupManifest, schema: Schema, at place: String) {
    folder = place
    evidence = .manifest
    archivePath = "\(place)/\(Self.archiveName(for: manifest.engine))"
    self.manifest = manifest
    self.schema = schema
    opened = nil
    expanded = nil
    openingPhases = []
    openingProblems = []
  }

  /// What is worth knowing of an archive that another tool wrote, each in one line.
  var notes: [String] { opened?.notes ?? [] }

  /// The archive of a PostgreSQL backup, open.
  func postgresArchive() throws(EngineError) -> PostgresArchive {
    if let opened { return opened }
    return try PostgresArchive(opening: archivePath)
  }

  package static func archiveName(for engine: DatabaseEngine) -> String {
    switch engine {
    case .postgreSQL: "archive"
    case .sqlite: "archive.db"
    }
  }

  /// Whether the folder is a backup, or was one before something of it was lost.
  static func isOne(_ folder: String) -> Bool {
    [
      manifestName, archiveName(for: .sqlite), "\(archiveName(for: .postgreSQL))/toc.dat",
      archiveName(for: .sqlite) + encryptedSuffix,
      "\(archiveName(for: .postgreSQL))/toc.dat" + encryptedSuffix,
    ]
    .contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }

  /// Compares every file of the archive with the manifest: presence, size, SHA-256; and that there are no others.
  ///
  /// An archive without a manifest has nothing to be compared with.
  package func verifyFiles() throws {
    guard evidence == .manifest else { return }
    // What could not be decrypted is missing here as well, and is told once.
    var problems = openingProblems
    if problems.isEmpty {
      problems = try Self.problems(of: manifest.files, in: folder, engine: manifest.engine)
    }
    guard problems.isEmpty else { throw Self.damaged(manifest.id, problems) }
  }

  /// What is wrong with a folder's files, each in a line.
  static func problems(
    of files: [BackupManifest.File], in folder: String, engine: DatabaseEngine
  ) throws -> [String] {
    var problems: [String] = []
    for file in files {
      try Interruption.check()
      if let problem = try problem(of: file, in: folder) { problems.append(problem) }
    }
    let known = Set(files.map(\.path))
    problems += try Self.files(in: folder, under: archiveName(for: engine))
      .filter { !known.contains($0) }.map { "\($0) is not in the manifest" }
    return problems
  }

  /// What is wrong with one file.
  static func problem(of file: BackupManifest.File, in folder: String) throws -> String? {
    let path = "\(folder)/\(file.path)"
    guard FileManager.default.fileExists(atPath: path) else { return "\(file.path) is missing" }
    let found = try FileDigest.sha256(ofFile: path)
    if found.byteCount != file.byteCount {
      return "\(file.path) has \(found.byteCount) bytes, the manifest says \(file.byteCount)"
    }
    return found.sha256 == file.sha256 ? nil : "\(file.path) was altered: its SHA-256 is not the manifest's"
  }

  static func damaged(_ id: String, _ problems: [String]) -> OperationError {
    OperationError(
      "the archive of backup \(id) is damaged", detail: problems,
      hint: "Do not restore from it. 'plumb backups' lists others.")
  }

  /// Paths of the archive's files, relative to the backup's folder, sorted.
  ///
  /// A SQLite archive is one file; what SQLite would take for its journal counts too.
  static func files(in folder: String, under archive: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: "\(folder)/\(archive)", isDirectory: &isFolder) else {
      return []
    }
    guard isFolder.boolValue else {
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(archive) }
        .sorted()
    }
    return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(archive)").sorted()
      .map { "\(archive)/\($0)" }
  }

  /// Reads a manifest and checks that it is one this version understands.
  package static func readManifest(in folder: String) throws -> BackupManifest {
    let path = "\(folder)/\(manifestName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OperationError(
        "this is no whole backup: \(folder)", detail: ["it has no readable \(manifestName)"],
        hint:
          "Use another backup: 'plumb backups' lists them. What pg_restore or sqlite3 can read of it is unproven."
      )
    }
    let manifest: BackupManifest
    do {
      manifest = try RecordDocument.read(BackupManifest.self, from: String(decoding: data, as: UTF8.self))
    } catch {
      throw OperationError(
        "the manifest cannot be read: \(path)", detail: error.detail,
        hint: "It is damaged or no manifest of Plumbline; use another backup.")
    }
    guard manifest.format == "plumb/backup", manifest.version <= 2 else {
      throw OperationError(
        "this manifest is of a newer Plumbline: \(path)", detail: ["version \(manifest.version)"],
        hint:
          "Restore it with the version that wrote it, or with pg_restore or sqlite3: the archive is standard."
      )
    }
    return manifest
  }
}
