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
  /// A folder whose name begins with a dot is a backup that was being written, and is none.
  package func entries() throws -> [Entry] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue else {
      throw OperationError("the backup store is no folder: \(path)", hint: "Name a folder with --store.")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    let entries = names.compactMap { name -> Entry? in
      let folder = "\(path)/\(name)"
      guard !name.hasPrefix("."),
        FileManager.default.fileExists(atPath: "\(folder)/\(StoredBackup.manifestName)")
      else { return nil }
      do {
        return .backup(try StoredBackup.readManifest(in: folder))
      } catch let error as OperationError {
        return .damaged(id: name, reason: ([error.message] + error.detail).joined(separator: ": "))
      } catch {
        return .damaged(id: name, reason: "\(error)")
      }
    }
    return entries.sorted { $0.sortKey < $1.sortKey }
  }

  /// The backup of that id, the one at that path, or the newest for `latest`.
  ///
  /// - Parameter database: with `latest`, only backups of the database of that name count.
  package func backup(_ name: String, database: String? = nil) throws -> StoredBackup {
    if name == "latest" {
      let newest = try entries().compactMap { entry -> BackupManifest? in
        guard case .backup(let manifest) = entry, database == nil || manifest.database == database else {
          return nil
        }
        return manifest
      }.max { $0.startedAt < $1.startedAt }
      guard let newest else {
        throw OperationError(
          "there is no backup in \(path)", hint: "Take one with 'plumb backup LOCATION --to \(path)'.")
      }
      return try StoredBackup(folder: "\(path)/\(newest.id)")
    }
    let candidates = [name, "\(path)/\(name)"]
    for folder in candidates
    where FileManager.default.fileExists(atPath: "\(folder)/\(StoredBackup.manifestName)") {
      return try StoredBackup(folder: folder)
    }
    throw OperationError(
      "there is no backup '\(name)'",
      detail: ["looked for it as a folder and in the store \(path)"],
      hint: "'plumb backups \(path)' lists what there is.")
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
