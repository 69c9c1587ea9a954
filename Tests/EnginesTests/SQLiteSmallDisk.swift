import Foundation

/// A file system in memory with little room; gone when the test lets go of it.
final class SQLiteSmallDisk {
  private let folder: SQLiteTemporaryFolder

  /// - Parameter byteCount: the room on it, rounded up to pages.
  init(byteCount: Int) throws {
    folder = try SQLiteTemporaryFolder()
    guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=\(byteCount)") == 0 else {
      throw CocoaError(.fileWriteNoPermission)
    }
  }

  deinit { umount2(folder.url.path, Int32(MNT_DETACH)) }

  func path(_ name: String) -> String { folder.path(name) }

  var names: [String] { folder.names }

  /// Whether this process may mount file systems.
  static let isPossible = (try? SQLiteSmallDisk(byteCount: 4096)) != nil
}
