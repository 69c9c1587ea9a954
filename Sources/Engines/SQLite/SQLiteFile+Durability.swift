import Glibc

/// Whole files, written so that a crash leaves either the old state or the new.
extension SQLiteFile {
  /// Where the file is written before it gets its name.
  var aside: SQLiteFile { SQLiteFile(path + ".partial") }

  /// The size in bytes; `nil` when there is no such file.
  var byteCount: Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Whether both paths lead to one file.
  func isSameFile(as other: SQLiteFile) -> Bool {
    var one = stat()
    var two = stat()
    guard stat(path, &one) == 0, stat(other.path, &two) == 0 else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// Removes the file and what SQLite keeps beside it; what is not there is no error.
  func remove() {
    unlink(path)
    removeCompanions()
  }

  /// Removes journals and the like: with a file that is not theirs they would damage it.
  func removeCompanions() {
    for companion in companions { unlink(companion) }
  }

  /// Takes over owner, group and mode of a file whose place this one is to take.
  func adoptRights(of other: SQLiteFile) throws(EngineError) {
    var status = stat()
    guard stat(other.path, &status) == 0 else { return }
    // Only root may give files away; for others the file stays theirs, as it would if SQLite made it.
    if geteuid() == 0, chown(path, status.st_uid, status.st_gid) != 0 {
      throw .file(errno, "cannot change the owner of \(path)")
    }
    guard chmod(path, status.st_mode & 0o7777) == 0 else {
      throw .file(errno, "cannot change the mode of \(path)")
    }
  }

  /// Waits until the file's bytes are on the disk.
  func synchronise() throws(EngineError) {
    try Self.synchronise(path, flags: O_RDONLY)
  }

  /// Gives the file another name in the same folder, in one step, and waits until that is on the disk.
  ///
  /// - Parameter replacing: whether a file that has the name already is replaced.
  func rename(to other: SQLiteFile, replacing: Bool) throws(EngineError) {
    if replacing {
      guard Glibc.rename(path, other.path) == 0 else {
        throw .file(errno, "cannot rename \(path) to \(other.path)")
      }
    } else {
      // Unlike a rename, a link never takes the place of a file that came meanwhile.
      guard link(path, other.path) == 0 else { throw .file(errno, "cannot make \(other.path)") }
      unlink(path)
    }
    try Self.synchronise(folder, flags: O_RDONLY | O_DIRECTORY)
  }

  /// Copies the file's bytes into a new file and waits until they are on the disk.
  ///
  /// - Parameters:
  ///   - progress: bytes done and in all, told after each piece.
  ///   - shouldStop: asked before each piece.
  func copy(
    to other: SQLiteFile, progress: (Int, Int) -> Void, shouldStop: () -> Bool
  ) throws(EngineError) {
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw .file(errno, "cannot read \(path)") }
    defer { Glibc.close(input) }
    let output = open(other.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard output >= 0 else { throw .file(errno, "cannot write \(other.path)") }
    defer { Glibc.close(output) }

    let total = byteCount ?? 0
    var done = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { piece.deallocate() }
    while true {
      if shouldStop() { throw EngineError(.interrupted, "interrupted while copying \(path)") }
      let count = read(input, piece.baseAddress, piece.count)
      guard count >= 0 else { throw .file(errno, "cannot read \(path)") }
      guard count > 0 else { break }
      try Self.write(UnsafeRawBufferPointer(rebasing: piece[..<count]), to: output, of: other.path)
      done += count
      progress(done, max(done, total))
    }
    guard fsync(output) == 0 else { throw .file(errno, "cannot write \(other.path)") }
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to output: Int32, of path: String
  ) throws(EngineError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(output, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      guard count > 0 else { throw .file(errno, "cannot write \(path)") }
      rest = rest.dropFirst(count)
    }
  }

  private static func synchronise(_ path: String, flags: Int32) throws(EngineError) {
    let file = open(path, flags | O_CLOEXEC)
    guard file >= 0 else { throw .file(errno, "cannot open \(path)") }
    defer { Glibc.close(file) }
    guard fsync(file) == 0 else { throw .file(errno, "cannot write \(path) to the disk") }
  }
}

extension EngineError {
  /// What an error of the operating system (`errno`) means.
  static func file(_ code: Int32, _ message: String) -> EngineError {
    let reason = String(cString: strerror(code))
    let (kind, hint): (Kind, String?) =
      switch code {
      case ENOSPC, EDQUOT: (.diskFull, "Make room on that disk and try again.")
      case EACCES, EPERM, EROFS: (.permission, "Run as a user who may write there, or choose another place.")
      case ENOENT, ENOTDIR: (.notFound, "Correct the path, or make the folder first.")
      case EEXIST: (.refused, "Choose another name, or move the file that has it.")
      default: (.unreachable, nil)
      }
    return EngineError(kind, "\(message): \(reason.lowercased())", hint: hint)
  }
}
