import Engines
import Foundation
import SchemaModel

/// A folder of backups, or a place in object storage: one folder each, named by the backup's id.
package struct BackupStore: Sendable {
  /// The folder, or the place as it is typed: `s3://BUCKET/PREFIX`.
  package let path: String
  private let settings: ObjectStorage.Settings

  /// - Parameter settings: what is known of object storage, when it is that.
  package init(path: String, settings: ObjectStorage.Settings = .init()) {
    self.path = path
    self.settings = settings
  }

  /// Whether it is a place in object storage.
  package var isRemote: Bool { ObjectStorage.isOne(path) }

  /// The backups in object storage; `nil` when it is a folder.
  func objects() throws(EngineError) -> ObjectBackups? {
    isRemote ? ObjectBackups(storage: try ObjectStorage(path, settings: settings)) : nil
  }

  /// A backup in the store, or why a folder of it cannot be one.
  package enum Entry: Sendable {
    case backup(BackupManifest)
    case damaged(id: String, reason: String)
  }

  /// Everything that lies in the store, oldest first.
  ///
  /// A folder whose name begins with a dot is a backup that is being written, or was until its run was killed.
  package func entries() throws -> [Entry] {
    try (objects().map { try $0.look().entries } ?? folders().map(\.entry)).sorted { $0.sortKey < $1.sortKey }
  }

  /// The folders that are or were backups, and what they are; a folder may have been renamed.
  func folders() throws -> [(path: String, entry: Entry)] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue else {
      throw OperationError(
        "the backup store is no folder: \(path)", hint: "Name the folder that holds the backups.")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw OperationError(
        "cannot look into the backup store \(path)", detail: [error.localizedDescription],
        hint: "Run as a user who may read it.")
    }
    return names.compactMap { name -> (path: String, entry: Entry)? in
      let folder = "\(path)/\(name)"
      guard !name.hasPrefix("."), StoredBackup.isOne(folder) else { return nil }
      return (folder, Self.entry(of: folder, named: name))
    }
  }

  /// What the manifest of a folder says, or why it cannot be read.
  static func entry(of folder: String, named name: String) -> Entry {
    do {
      return .backup(try StoredBackup.readManifest(in: folder))
    } catch let error as OperationError {
      return .damaged(id: name, reason: ([error.message] + error.detail).joined(separator: ": "))
    } catch {
      return .damaged(id: name, reason: "\(error)")
    }
  }

  /// The backup of that id, the one at that path, or the newest for `latest`; fetched and decrypted where that is needed.
  ///
  /// - Parameter database: with `latest`, only backups of the database of that name count.
  package func backup(
    _ name: String, database: String? = nil, opening: BackupOpening = BackupOpening()
  ) throws -> StoredBackup {
    if let objects = try objects() {
      // A name with a slash is a path of this machine, which a backup in the storage never has.
      if let foreign = try local(name, opening: opening) { return foreign }
      return try opening.fetch(try id(name, database: database, in: objects), from: objects)
    }
    if name == "latest" {
      return try opening.open(try newest(of: folders(), database: database))
    }
    let candidates = [name, "\(path)/\(name)"]
    for folder in candidates where StoredBackup.isOne(folder) { return try opening.open(folder) }
    for path in candidates {
      if let backup = try ForeignArchive(at: path)?.backup() { return backup }
    }
    throw missing(name)
  }

  private func missing(_ name: String) -> OperationError {
    if let error = UnreadFile.error(at: name) ?? UnreadFile.error(at: "\(path)/\(name)") { return error }
    return OperationError(
      "there is no backup '\(name)'",
      detail: ["looked for it as a folder, as an archive of pg_dump or SQLite, and in the store \(path)"],
      hint: "'plumb backups \(path)' lists what there is.")
  }

  /// What lies on this machine under that name, whatever the store is.
  private func local(_ name: String, opening: BackupOpening) throws -> StoredBackup? {
    guard name.contains("/") || name.contains(".") else { return nil }
    if StoredBackup.isOne(name) { return try opening.open(name) }
    return try ForeignArchive(at: name)?.backup()
  }

  private func id(_ name: String, database: String?, in objects: ObjectBackups) throws -> String {
    let look = try objects.look()
    guard name == "latest" else {
      guard look.ids.contains(name) else { throw missing(name) }
      return name
    }
    return try newest(
      of: look.ids.map { ($0, Self.entry(of: look.folder(of: $0), named: $0)) }, database: database)
  }

  /// The path or id of the newest usable backup.
  private func newest(of backups: [(path: String, entry: Entry)], database: String?) throws -> String {
    let newest = backups.compactMap { backup -> (path: String, startedAt: Date)? in
      guard case .backup(let manifest) = backup.entry, database == nil || manifest.database == database
      else { return nil }
      return (backup.path, manifest.startedAt)
    }.max { ($0.startedAt, $0.path) < ($1.startedAt, $1.path) }
    guard let newest else { throw try nothingUsable() }
    return newest.path
  }

  private func nothingUsable() throws -> OperationError {
    let damaged = try entries().compactMap { entry -> String? in
      guard case .damaged(let id, let reason) = entry else { return nil }
      return "\(id): \(reason)"
    }
    return OperationError(
      damaged.isEmpty ? "there is no backup in \(path)" : "no backup in \(path) can be used", detail: damaged,
      hint: "Take one with 'plumb backup LOCATION --to \(path)'.")
  }
}

extension ObjectBackups.Look {
  /// What the manifests say.
  fileprivate var entries: [BackupStore.Entry] {
    ids.map { BackupStore.entry(of: folder(of: $0), named: $0) }
  }
}

extension BackupStore.Entry {
  fileprivate var sortKey: String {
    switch self {
    case .backup(let manifest): ISO8601DateFormatter().string(from: manifest.startedAt) + manifest.id
    case .damaged(let id, _): "~" + id
    }
  }
}
