import Engines
import Foundation
import SchemaModel

/// A folder of backups: one folder each, named by the backup's id.
package struct BackupStore: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// A backup in the store, or why a folder of it cannot be one.
  package enum Entry: Sendable {
    case backup(BackupManifest)
    case damaged(id: String, reason: String)
  }

  /// Everything that lies in the store, oldest first.
  ///
  /// A folder whose name begins with a dot is a backup that is being written, or was until its run was killed.
  package func entries() throws -> [Entry] {
    try folders().map(\.entry).sorted { $0.sortKey < $1.sortKey }
  }

  /// The folders that are or were backups, and what they are; a folder may have been renamed.
  package func folders() throws -> [(path: String, entry: Entry)] {
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
      do {
        return (folder, .backup(try StoredBackup.readManifest(in: folder)))
      } catch let error as OperationError {
        return (folder, .damaged(id: name, reason: ([error.message] + error.detail).joined(separator: ": ")))
      } catch {
        return (folder, .damaged(id: name, reason: "\(error)"))
      }
    }
  }

  /// The backup of that id, the one at that path, or the newest for `latest`.
  ///
  /// - Parameter database: with `latest`, only backups of the database of that name count.
  package func backup(_ name: String, database: String? = nil) throws -> StoredBackup {
    if name == "latest" {
      let newest = try folders().compactMap { folder -> (path: String, startedAt: Date)? in
        guard case .backup(let manifest) = folder.entry, database == nil || manifest.database == database
        else { return nil }
        return (folder.path, manifest.startedAt)
      }.max { ($0.startedAt, $0.path) < ($1.startedAt, $1.path) }
      guard let newest else { throw try nothingUsable() }
      return try StoredBackup(folder: newest.path)
    }
    let candidates = [name, "\(path)/\(name)"]
    for folder in candidates where StoredBackup.isOne(folder) { return try StoredBackup(folder: folder) }
    for path in candidates {
      if let backup = try ForeignArchive(at: path)?.backup() { return backup }
    }
    throw OperationError(
      "there is no backup '\(name)'",
      detail: ["looked for it as a folder, as an archive of pg_dump or SQLite, and in the store \(path)"],
      hint: "'plumb backups \(path)' lists what there is.")
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

extension BackupStore.Entry {
  fileprivate var sortKey: String {
    switch self {
    case .backup(let manifest): ISO8601DateFormatter().string(from: manifest.startedAt) + manifest.id
    case .damaged(let id, _): "~" + id
    }
  }
}
