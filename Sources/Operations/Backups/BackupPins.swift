import Engines
import Foundation

/// Who keeps a backup: a person, by a note in the store, or a run that reads it, by a lock.
package struct BackupPins: Sendable {
  private let folder: String

  package init(of store: BackupStore) { folder = "\(store.path)/.pins" }

  /// Why a person keeps a backup; `nil` when nobody does.
  package func reason(for id: String) -> String? {
    FileManager.default.contents(atPath: path(of: id, ".pin")).map { data in
      String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  /// Keeps a backup until it is unpinned.
  package func pin(_ id: String, reason: String) throws {
    try makeFolder()
    try DurableFile.replace(path(of: id, ".pin"), with: Data((reason + "\n").utf8))
  }

  /// Lets go of a backup; false when nobody kept it.
  package func unpin(_ id: String) throws -> Bool {
    guard unlink(path(of: id, ".pin")) != 0 else { return true }
    guard errno == ENOENT else {
      throw OperationError(
        "cannot remove the pin of \(id)", detail: [String(cString: strerror(errno))],
        hint: "Run as a user who may write into the store.")
    }
    return false
  }

  /// What is locked while a backup is read that another program keeps; made when needed.
  package func lockFile(for id: String) -> String { path(of: id, ".use") }

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
    "\(folder)/" + id.map { $0 == "/" || $0 == ":" ? "_" : String($0) }.joined() + ending
  }
}

/// A backup that is being read: while it lives, nobody removes the backup.
///
/// The kernel drops the lock (`flock(2)`) with the process that holds it, whatever way that ends.
package final class BackupHold {
  private let descriptor: Int32

  /// Locks the backup's folder against removal; reading is shared.
  ///
  /// - Throws: ``OperationError`` when it is being removed right now.
  package init(folder: String) throws {
    descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    // What cannot be opened will be told of by whoever reads it.
    guard Self.isShared(descriptor) else {
      close(descriptor)
      throw OperationError(
        "the backup is being removed: \(folder)", hint: "Use another one: 'plumb backups' lists them.")
    }
  }

  /// Locks a file that stands for a backup of another program's.
  package init(_ id: String, in pins: BackupPins) throws {
    try? pins.makeFolder()
    descriptor = open(pins.lockFile(for: id), O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
    // Without a store to write to there is nobody who prunes by it.
    guard Self.isShared(descriptor) else {
      close(descriptor)
      throw OperationError(
        "the backup is being removed: \(id)", hint: "Use another one: 'plumb backups' lists them.")
    }
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether the lock was got, or there is nothing to lock; a list of the catalog tries each lock for a moment, which passes.
  private static func isShared(_ descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return true }
    for _ in 0..<50 {
      guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return true }
      guard !Interruption.pause(until: .now + .milliseconds(20)) else { return true }
    }
    return false
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

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
