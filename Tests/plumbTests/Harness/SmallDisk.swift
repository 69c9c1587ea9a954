import Engines
import Foundation
import Glibc
import TestSupport

/// A file system in memory that is soon full.
final class SmallDisk {
  /// Whether this machine lets us mount one: it takes root, and a container that allows it.
  static let isPossible: Bool = {
    guard SystemUser.isRoot, let disk = try? SmallDisk("64k") else { return false }
    return access(disk.path, W_OK) == 0
  }()

  /// Where it is mounted.
  let path: String
  private let scratch: Scratch

  /// - Parameter size: as `mount(8)` takes it, such as `1m`.
  init(_ size: String) throws {
    scratch = try Scratch()
    path = scratch.path("disk")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(scratch.path, 0o755)
    _ = try Subprocess("mount", ["-t", "tmpfs", "-o", "size=\(size),mode=0777", "tmpfs", path]).run()
  }

  deinit {
    _ = try? Subprocess("umount", ["-l", path], whenInterrupted: .finish).run()
  }
}
