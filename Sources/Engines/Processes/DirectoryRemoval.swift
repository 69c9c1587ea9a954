import Glibc

/// Removing a directory with all that is in it.
enum DirectoryRemoval {
  /// Removes `path`, by `rm -rf`, even after an interruption; what is already gone is fine.
  static func remove(_ path: String) throws {
    guard access(path, F_OK) == 0 else { return }
    _ = try Subprocess("rm", ["-rf", "--", path], environment: .only([:]), whenInterrupted: .finish).run()
  }
}
