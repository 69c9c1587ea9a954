import Glibc

/// A path that is, or should become, a SQLite database: what the file system says of it.
///
/// The file's bytes are only read once SQLite has refused it: closing a descriptor of a database
/// drops all of this process's locks on it, SQLite's included.
struct SQLiteFile {
  let path: String

  init(_ path: String) { self.path = path }

  var lastComponent: String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder it is in.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The files SQLite keeps beside a database.
  var companions: [String] { ["-journal", "-wal", "-shm"].map { path + $0 } }

  /// The path as SQLite's URI; every byte that could mean something in a URI is escaped.
  func uri(for access: SQLiteConnection.Access) -> String {
    var uri = "file:"
    // Without a folder in front, a name could be taken for an authority or a drive.
    for byte in (path.hasPrefix("/") ? path : "./" + path).utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "/._-~".unicodeScalars.contains(scalar)
      uri += isPlain ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return switch access {
    case .readOnly: uri + "?mode=ro"
    case .readWrite: uri + "?mode=rw"
    case .create: uri + "?mode=rwc"
    }
  }

  /// Refuses what SQLite would open or make although it cannot be what was meant.
  func check(for access: SQLiteConnection.Access) throws(EngineError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw EngineError(.notFound, "a database file needs a path", hint: "Give the path of a SQLite file.")
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT && access == .create && Self.exists(folder) { return }
      throw missing(code)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw EngineError(
        .damaged, "\(path) is a folder, not a database file", hint: "Give the path of the file in it.")
    default:
      throw EngineError(
        .damaged, "\(path) is no regular file",
        hint: "SQLite databases are regular files; give the path of one.")
    }
    if access == .readOnly && status.st_size == 0 {
      throw EngineError(
        .damaged, "\(path) is empty: 0 bytes",
        hint: "A database with a table is never empty; restore the file from a backup, or give another path.")
    }
  }

  /// The error with what the file system knows of its cause.
  func explain(_ error: EngineError) -> EngineError {
    var error = error
    switch error.kind {
    case .unreachable:
      error.message = "cannot open \(path): \(error.message)"
      guard access(path, R_OK) != 0, errno == EACCES || errno == EPERM else { return error }
      error.kind = .permission
      error.message = "may not read \(path)"
      error.hint = "Run as a user who may read the file and look into the folders above it."
    case .permission:
      error.message = "cannot open \(path): \(error.message)"
    case .damaged:
      error.message = "\(path) is no intact SQLite database: \(error.message)"
      if let known = SQLiteFileSignature(ofFile: path) {
        error.message = "\(path) is no SQLite database but \(known.description)"
        error.hint = known.hint
      }
    case .timeout: error.message = "\(path) is locked: \(error.message)"
    case .authentication, .notFound, .diskFull, .connectionLost, .interrupted, .violation, .unsupported,
      .refused:
      break
    }
    return error
  }

  private func missing(_ code: Int32) -> EngineError {
    if code == EACCES {
      return EngineError(
        .permission, "may not look into the folders above \(path)",
        hint: "Run as a user who may read the file and look into the folders above it.")
    }
    guard Self.exists(folder) else {
      return EngineError(
        .notFound, "there is no folder \(folder)", detail: ["for the database file \(path)"],
        hint: "Correct the path, or make the folder first.")
    }
    return EngineError(
      .notFound, "there is no file \(path)",
      hint: "Correct the path; a file that is to be read is never made.")
  }

  private static func exists(_ path: String) -> Bool { Glibc.access(path, F_OK) == 0 }
}
