import Foundation

/// A backup that is being written: a hidden folder of the store, which gets the backup's name when it is whole.
///
/// The folder is locked (`flock(2)`) for as long as we live, so a later run can tell what a killed one left behind.
final class PartialBackup {
  /// The backup's name, which no other backup of the store has or is being given.
  let id: String
  /// The folder to write into.
  let path: String

  private let finalPath: String
  private let descriptor: Int32
  private var isWhole = false

  /// Makes the folder, and removes those of runs that were killed.
  ///
  /// - Parameter stem: the name that is wanted; a second backup of that name gets a number.
  init(named stem: String, in store: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: store, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Self.unusable(store, reason: error.localizedDescription)
    }
    Self.removeLeftovers(in: store)
    for id in [stem] + (2...999).map({ "\(stem)-\($0)" }) {
      let path = "\(store)/.\(id)\(Self.suffix)"
      guard let descriptor = try Self.claim(path, in: store) else { continue }
      guard !FileManager.default.fileExists(atPath: "\(store)/\(id)") else {
        close(descriptor)
        rmdir(path)
        continue
      }
      self.id = id
      self.path = path
      finalPath = "\(store)/\(id)"
      self.descriptor = descriptor
      return
    }
    throw OperationError(
      "there are a thousand backups named \(stem) in \(store)", hint: "Move some of them to another folder.")
  }

  /// Whatever went wrong, nothing is left that could be taken for a backup.
  deinit {
    if !isWhole { try? FileManager.default.removeItem(atPath: path) }
    close(descriptor)
  }

  /// Gives the folder the backup's name; everything in it has been flushed.
  ///
  /// - Returns: the path it has from now on.
  func finish() throws -> String {
    try DurableFile.rename(path, to: finalPath)
    isWhole = true
    return finalPath
  }

  private static let suffix = ".partial"

  /// Makes and locks the folder; `nil` when another run has it.
  private static func claim(_ path: String, in store: String) throws -> Int32? {
    guard mkdir(path, 0o700) == 0 else {
      guard errno == EEXIST else { throw unusable(store, reason: String(cString: strerror(errno))) }
      return nil
    }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // It may have been taken for left over before it was locked.
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(descriptor)
      return nil
    }
    guard access(path, F_OK) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func removeLeftovers(in store: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: store)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(suffix) {
      let descriptor = open("\(store)/\(name)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      try? FileManager.default.removeItem(atPath: "\(store)/\(name)")
    }
  }

  private static func unusable(_ store: String, reason: String) -> OperationError {
    OperationError(
      "cannot write into the backup store \(store)", detail: [reason],
      hint: "Name a folder you may write to with --to.")
  }
}
