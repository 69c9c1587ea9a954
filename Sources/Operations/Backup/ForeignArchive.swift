import Engines
import Foundation
import SchemaModel
import SchemaText

/// A backup that another tool wrote: a dump of `pg_dump` in any format, a SQLite database file, or SQLite's `.dump`.
struct ForeignArchive {
  /// What it is, by what lies there and how it begins.
  private enum Form {
    case postgres
    case sqliteFile
    case sqliteText
  }

  private let path: String
  private let form: Form

  /// `nil` when nothing lies there that can be restored.
  init?(at path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    self.path = path
    if isFolder.boolValue {
      guard FileManager.default.fileExists(atPath: "\(path)/toc.dat") else { return nil }
      form = .postgres
      return
    }
    let head = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).head
    guard let form = Self.form(of: head, isScript: Self.isScript(path)) else { return nil }
    self.form = form
  }

  /// Whether a file is called like a script for psql.
  private static func isScript(_ path: String) -> Bool {
    [".sql", ".psql", ".pgsql"].contains { path.lowercased().hasSuffix($0) }
  }

  private static func form(of head: Data, isScript: Bool) -> Form? {
    let text = String(decoding: head, as: UTF8.self)
    if text.hasPrefix("SQLite format 3\0") { return .sqliteFile }
    if text.hasPrefix("PRAGMA foreign_keys=OFF;") { return .sqliteText }
    let isCompressed = StreamCompression(magic: [UInt8](head.prefix(4))) != .none
    let isDump =
      PostgresArchive.begins([UInt8](head)) || text.contains("-- PostgreSQL database dump")
      || text.contains("-- PostgreSQL database cluster dump")
    let isWide = head.starts(with: PostgresArchive.utf16Mark)
    return isCompressed || isDump || isScript || isWide ? .postgres : nil
  }

  /// The backup it is.
  func backup() throws -> StoredBackup {
    switch form {
    case .postgres: try postgresBackup()
    case .sqliteFile: try sqliteBackup(of: path)
    case .sqliteText: try sqliteBackupOfText()
    }
  }

  private func postgresBackup() throws -> StoredBackup {
    let (archive, schema) = try structure()
    let contents = archive.contents
    let texts = contents.entries.lazy.map(\.definition).joined(separator: "\n")
    let owners = contents.entries.map(\.owner).filter { !$0.isEmpty }
    var manifest = manifest(
      engine: .postgreSQL, database: contents.database.isEmpty ? stem : contents.database,
      serverVersion: contents.serverVersion,
      tool: contents.dumpVersion.isEmpty ? "a script for psql" : "pg_dump \(contents.dumpVersion)",
      startedAt: contents.createdAt.map(\.date) ?? modifiedAt, schema: schema, tables: [])
    manifest.locale = contents.locale
    manifest.roles = Set(owners).union(SQLScript.roles(in: texts)).sorted()
    manifest.files = [.init(path: path, byteCount: archive.byteCount, sha256: "")]
    return StoredBackup(
      archive: path, readAs: path, manifest: manifest, schema: schema, opened: archive)
  }

  /// What the archive makes; without what needs something that is not in it, where rows do not depend on that.
  private func structure() throws -> (PostgresArchive, Schema) {
    let archive = try PostgresArchive(opening: path)
    do {
      return (archive, try SchemaReader().reading(of: archive).schema)
    } catch let error as EngineError {
      guard error.saysSomethingIsMissing else { throw error }
      guard let rest = try archive.withoutWhatLacksSomething() else { throw error.ofPart }
      return (rest, try SchemaReader().reading(of: rest).schema)
    }
  }

  private func sqliteBackup(of file: String, expanded: TemporaryDirectory? = nil) throws -> StoredBackup {
    let session = try SQLiteConnection(opening: file, .readOnly)
    let schema = try session.schema()
    var manifest = manifest(
      engine: .sqlite, database: stem, serverVersion: session.serverVersion, tool: "sqlite3",
      startedAt: modifiedAt, schema: schema, tables: try session.digests(of: schema.tables) { _ in })
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    manifest.files = [.init(path: path, byteCount: size ?? 0, sha256: "")]
    return StoredBackup(archive: path, readAs: file, manifest: manifest, schema: schema, expanded: expanded)
  }

  /// SQLite itself makes a file of the text.
  private func sqliteBackupOfText() throws -> StoredBackup {
    let folder = try translatingFailures(of: "a text was made into a database") {
      try TemporaryDirectory(for: "dump")
    }
    let file = "\(folder.path)/dump.db"
    let session = try SQLiteConnection(opening: file, .create)
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    try SQLiteScratch.apply(String(decoding: data, as: UTF8.self), from: path, to: session)
    session.close()
    return try sqliteBackup(of: file, expanded: folder)
  }

  private func manifest(
    engine: DatabaseEngine, database: String, serverVersion: String, tool: String, startedAt: Date,
    schema: Schema, tables: [TableDigest]
  ) -> BackupManifest {
    BackupManifest(
      id: (path as NSString).lastPathComponent, engine: engine, database: database, source: path,
      serverVersion: serverVersion.split(separator: " ").first.map(String.init) ?? "", archiveTool: tool,
      startedAt: startedAt, finishedAt: startedAt, schemaFingerprint: Fingerprint(of: schema).hexadecimal,
      tables: tables, files: [])
  }

  /// The file's name up to its first dot.
  private var stem: String {
    let name = (path as NSString).lastPathComponent
    return name.split(separator: ".").first.map(String.init) ?? name
  }

  private var modifiedAt: Date {
    (try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
      ?? Date(timeIntervalSince1970: 0)
  }
}

extension FileHandle {
  /// The first bytes.
  fileprivate var head: Data { (try? read(upToCount: 4096)) ?? Data() }
}

extension EngineError {
  /// Whether a statement named what is not there.
  fileprivate var saysSomethingIsMissing: Bool {
    ([message] + detail).contains { $0.hasSuffix(" does not exist") }
  }

  /// The same, told of a dump that does not hold what its tables need.
  fileprivate var ofPart: EngineError {
    var error = self
    error.hint =
      hint
      ?? "Dump what its tables need along with them: pg_dump --schema, --table and --extension take several."
    return error
  }
}

extension ArchiveContents.CreationTime {
  /// The moment, taken as one of UTC: an archive does not say where its clock was.
  fileprivate var date: Date {
    var components = DateComponents()
    components.timeZone = TimeZone(identifier: "UTC")
    (components.year, components.month, components.day) = (year, month, day)
    (components.hour, components.minute, components.second) = (hour, minute, second)
    return Calendar(identifier: .gregorian).date(from: components) ?? Date(timeIntervalSince1970: 0)
  }
}
