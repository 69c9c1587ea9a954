import Glibc

/// Paths that mean the same wherever one stands.
enum ResolvedPath {
  /// The absolute path of something that exists, without symbolic links (`realpath(3)`); nil if it does not exist.
  static func of(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
