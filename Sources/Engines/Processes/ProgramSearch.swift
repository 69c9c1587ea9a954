import Glibc

/// Finding a program the way a shell does.
enum ProgramSearch {
  /// The path of the file that running `program` would execute; nil when there is none.
  ///
  /// That is `program` itself if it contains a slash, else the first match in the folders of `path`, which are
  /// separated by colons.
  static func path(of program: String, in path: String) -> String? {
    if program.contains("/") { return isExecutable(program) ? program : nil }
    return path.split(separator: ":").lazy
      .map { "\($0)/\(program)" }
      .first(where: isExecutable)
  }

  /// Whether there is a file at `path` that we may execute.
  static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// Where `setpriv(1)` of util-linux is; Debian has it always.
  static let setpriv = path(of: "setpriv", in: "/usr/bin:/bin:/usr/local/bin")
}
