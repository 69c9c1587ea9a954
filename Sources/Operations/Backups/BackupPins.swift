import Engines
import Foundation

/// Who keeps a backup: a person, by a note in the store, or a run that reads it, by a lock.
package struct BackupPins: Sendable {
  private let store: BackupStore
  /// Where locks are, which only a folder can hold.
  private let folder: String

  package init(of store: BackupStore) {
    self.store = store
    folder = store.isRemote ? ".plumb/locks" : "\(store.path)/.pins"
  }

  /// Why people keep backups, by the file name of a backup's id.
  package func reasons() throws -> [String: String] {
    if let objects = try store.objects() { return try objects.look().pins }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Dictionary(
      names.filter { $0.hasSuffix(Self.pinEnding) }.compactMap { name in
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { data in
          (
            String(name.dropLast(Self.pinEnding.count)),
            String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
          )
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps a backup until it is unpinned.
  package func pin(_ id: String, reason: String) throws {
    let text = Data((reason + "\n").utf8)
    if let objects = try store.objects() {
      return try objects.write(text, at: ObjectBackups.Notes.pins.path(of: Self.fileName(of: id)))
    }
    try makeFolder()
    try DurableFile.replace(path(of: id, Self.pinEnding), with: text)
  }

  /// Lets go of a backup; false when nobody kept it.
  package func unpin(_ id: String) throws -> Bool {
    if let objects = try store.objects() {
      guard try reasons()[Self.fileName(of: id)] != nil else { return false }
      try objects.storage.remove(ObjectBackups.Notes.pins.path(of: Self.fileName(of: id)))
      return true
    }
    guard unlink(path(of: id, Self.pinEnding)) != 0 else { return true }
    guard errno == ENOENT else {
      throw OperationError(
        "cannot remove the pin of \(id)", detail: [String(cString: strerror(errno))],
        hint: "Run as a user who may write into the store.")
    }
    return false
  }

  /// What is locked while a backup is read that another program keeps; there as long as it is read.
  package func lockFile(for id: String) -> String { path(of: id, ".use") }

  /// An id as the name of a file.
  static func fileName(of id: String) -> String {
    id.map { $0 == "/" || $0 == ":" ? "_" : String($0) }.joined()
  }

  private static let pinEnding = ".pin"

  /// Folders that ``makeFolder()`` would make now, the innermost first.
  fileprivate var missingFolders: [String] {
    var missing: [String] = []
    var path = folder
    while !path.isEmpty, access(path, F_OK) != 0 {
      missing.append(path)
      path = (path as NSString).deletingLastPathComponent
    }
    return missing
  }

  fileprivate func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OperationError(
        "cannot write into the backup store", detail: [error.localizedDescription],
        hint: "Name a store you may write to.")
    }
  }

  private func path(of id: String, _ ending: String) -> String {
    "\(folder)/\(Self.fileName(of: id))\(ending)"
  }
}

/// A backup that is being read: while it lives, nobody removes the backup.
///
/// The kernel drops the lock (`flock(2)`) with the process that holds it, whatever way that ends.
package final class BackupHold {
  private let descriptors: [Int32]
  /// Files that are there for their locks alone, in the order of the descriptors.
  private let lockFiles: [String]
  /// Folders that were made for them, the innermost first.
  private let folders: [String]

  /// Locks the backup's folder against removal; reading is shared.
  ///
  /// - Throws: ``OperationError`` when it is being removed right now.
  package init(folder: String) throws {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    // What cannot be opened will be told of by whoever reads it.
    guard Self.isShared(descriptor) else {
      close(descriptor)
      throw Self.beingRemoved(folder)
    }
    descriptors = [descriptor]
    (lockFiles, folders) = ([], [])
  }

  /// Locks files that stand for backups of another program's.
  package init(_ ids: [String], in pins: BackupPins) throws {
    folders = pins.missingFolders
    lockFiles = ids.map(pins.lockFile)
    var held: [Int32] = []
    for (id, path) in zip(ids, lockFiles) {
      guard let descriptor = Self.hold(path, making: pins) else {
        for descriptor in held { close(descriptor) }
        throw Self.beingRemoved(id)
      }
      held.append(descriptor)
    }
    descriptors = held
  }

  /// A shared lock on a file that is made when needed; `nil` when somebody has it for himself.
  private static func hold(_ path: String, making pins: BackupPins) -> Int32? {
    while true {
      try? pins.makeFolder()
      let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
      // Without a store to write to there is nobody who prunes by it.
      guard isShared(descriptor) else {
        close(descriptor)
        return nil
      }
      var status = stat()
      guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_nlink == 0 else { return descriptor }
      // Whoever held it before has taken the file away in between.
      close(descriptor)
    }
  }

  private static func beingRemoved(_ backup: String) -> OperationError {
    OperationError(
      "the backup is being removed: \(backup)", hint: "Use another one: 'plumb backups' lists them.")
  }

  private init(descriptor: Int32) {
    descriptors = [descriptor]
    (lockFiles, folders) = ([], [])
  }

  /// Whether the lock was got, or there is nothing to lock; a list of the catalog tries each lock for a moment, which passes.
  private static func isShared(_ descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return true }
    for _ in 0..<50 {
      guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return true }
      guard !Interruption.pause(until: .now + .milliseconds(20)) else { return true }
    }
    return false
  }

  deinit {
    // The last one who reads a backup takes its file away.
    for (descriptor, path) in zip(descriptors, lockFiles)
    where descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
      unlink(path)
    }
    // Others keep folders that are not empty.
    for folder in folders { rmdir(folder) }
    for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
  }

  /// Locks a backup for its removal; `nil` while anybody reads it.
  static func exclusive(_ path: String) -> BackupHold? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return BackupHold(descriptor: -1) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    return BackupHold(descriptor: descriptor)
  }
}
