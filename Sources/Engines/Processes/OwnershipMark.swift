import Glibc

/// A locked file in a directory of ours, by which other processes see whether its owner still lives.
///
/// The kernel drops the lock (`flock(2)`) with the last process that holds it, whatever way that ends: unlike a
/// recorded process id it cannot come to mean somebody else, be it after a restart or in another container.
enum OwnershipMark {
  private static let name = ".plumb-owner"

  /// Marks `directory` as ours for as long as the returned descriptor is open; nil when somebody else is removing
  /// it right now, having taken it for left over.
  static func claim(_ directory: String) throws(SystemError) -> Descriptor? {
    let file: Descriptor
    do throws(SystemError) {
      file = try Descriptor.opening("\(directory)/\(name)", O_RDWR | O_CREAT | O_EXCL)
    } catch  where error.code == ENOENT {
      return nil
    }
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { return nil }
    var status = stat()
    // Locked too late if it has already been removed.
    guard fstat(file.number, &status) == 0, status.st_nlink > 0 else { return nil }
    // For the curious; nothing reads it.
    try file.write(Array("\(getpid())\n".utf8))
    return file
  }

  /// Takes over `directory` if it bears a mark and its owner is gone.
  static func claimLeftover(_ directory: String) -> Descriptor? {
    guard let file = try? Descriptor.opening("\(directory)/\(name)", O_RDWR | O_NOFOLLOW) else { return nil }
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { return nil }
    return file
  }
}
