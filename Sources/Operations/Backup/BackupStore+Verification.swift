import Engines
import Foundation
import SchemaModel

extension BackupStore {
  /// What came of comparing a backup's files with their checksums.
  package struct Verification: Hashable, Sendable {
    package var backup: String
    package var fileCount: Int
    package var byteCount: Int
    package var isEncrypted: Bool
    /// Each in one line.
    package var problems: [String]
  }

  /// Compares every file of a backup, as it is stored, with the SHA-256 in its manifest; no key is needed.
  ///
  /// - Parameter id: the backup's id or, where the store is a folder, its own folder.
  /// - Returns: `nil` when the store holds no backup of that id.
  package func verify(_ id: String, opening: BackupOpening) throws -> Verification? {
    if let objects = try objects() {
      guard try objects.look().ids.contains(id) else { return nil }
      let folder = try objects.fetch(id, now: opening.now) { done, total in
        opening.progress("fetch backup", done, total)
      }
      return try withExtendedLifetime(folder) { try Self.verify(folder.path) }
    }
    guard let folder = [id, "\(path)/\(id)"].first(where: StoredBackup.isOne) else { return nil }
    let hold = try BackupHold(folder: folder)
    return try withExtendedLifetime(hold) { try Self.verify(folder) }
  }

  private static func verify(_ folder: String) throws -> Verification {
    let manifest = try StoredBackup.readManifest(in: folder)
    let files = manifest.encryption?.files ?? manifest.files
    return Verification(
      backup: manifest.id, fileCount: files.count, byteCount: manifest.storedByteCount,
      isEncrypted: manifest.encryption != nil,
      problems: try StoredBackup.problems(of: files, in: folder, engine: manifest.engine))
  }
}
