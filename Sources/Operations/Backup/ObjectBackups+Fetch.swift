import Engines
import Foundation
import SchemaModel

extension ObjectBackups {
  /// Fetches a whole backup into a folder of its own, which is gone with the last reference to it.
  ///
  /// While that lasts a note keeps prune away. The note is written before the manifest is looked for, and prune hides the manifest
  /// before it looks for notes: one of the two sees the other.
  ///
  /// - Parameter examine: what is looked at before the rest is fetched: the manifest, and the schema document if that is encrypted.
  func fetch(
    _ id: String, now: @escaping @Sendable () -> Date, told: @escaping (_ done: Int, _ total: Int) -> Void,
    examine: (_ manifest: BackupManifest, _ folder: String) throws -> Void = { _, _ in }
  ) throws -> TemporaryDirectory {
    let claim = StoreClaim(on: id, at: now())
    try write(claim, as: .readers)
    return try holding(claim, as: .readers, now: now) { renew in
      let folder = try translatingFailures(of: "a temporary directory was made") {
        try TemporaryDirectory(for: "fetch")
      }
      let schemaName = StoredBackup.schemaName + StoredBackup.encryptedSuffix
      try storage.fetch(
        id, matching: ["/\(StoredBackup.manifestName)", "/\(schemaName)"], into: folder.path)
      guard FileManager.default.fileExists(atPath: "\(folder.path)/\(StoredBackup.manifestName)") else {
        throw OperationError(
          "the backup is gone: \(storage.location)/\(id)",
          detail: ["it was removed, or is being removed now"],
          hint: "Use another one: 'plumb backups \(storage.location)' lists them.")
      }
      let manifest = try StoredBackup.readManifest(in: folder.path)
      try examine(manifest, folder.path)
      try Self.expectRoom(for: manifest, in: folder.path)
      try storage.fetch(id, into: folder.path) { done, total in
        told(done, total)
        try renew()
      }
      return folder
    }
  }

  /// The largest file of an encrypted backup is there twice for a while.
  private static func expectRoom(for manifest: BackupManifest, in folder: String) throws {
    let twice = manifest.encryption == nil ? 0 : manifest.files.map(\.byteCount).max() ?? 0
    let needed = manifest.storedByteCount + twice
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = attributes?[.systemFreeSize] as? Int, free < needed else { return }
    throw OperationError(
      "there is too little room to fetch backup \(manifest.id)",
      detail: ["it takes \(needed) bytes, and the disk of \(folder) has \(free)"],
      hint: "Free room, or set PLUMB_TMPDIR to a folder on a larger disk, and run it again.")
  }
}
