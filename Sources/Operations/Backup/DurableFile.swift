import Engines
import Foundation

/// Writes that survive a power cut: contents are flushed before a name points to them.
enum DurableFile {
  /// Writes the whole file and flushes it to the disk.
  static func write(_ data: Data, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure("write", path) }
    defer { close(descriptor) }
    try data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { throw failure("write", path) }
        rest = rest.dropFirst(count)
      }
    }
    guard fsync(descriptor) == 0 else { throw failure("flush", path) }
  }

  /// Puts a file with this content in the place of the one that may be there: whole, or not at all.
  static func replace(_ path: String, with data: Data) throws {
    let aside = path + ".new"
    do {
      try write(data, to: aside)
      try rename(aside, to: path)
    } catch var error as EngineError {
      unlink(aside)
      error.message = error.message.replacing(aside, with: path)
      throw error
    }
  }

  /// Flushes a file or folder that is already written.
  ///
  /// - Parameter mayBeMissing: whether it is well that there is none.
  static func sync(_ path: String, ifThere mayBeMissing: Bool = false) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      if mayBeMissing, errno == ENOENT { return }
      throw failure("open", path)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("flush", path) }
  }

  /// Gives a flushed file or folder its final name, replacing what had it, and flushes the folder it is in.
  static func rename(_ path: String, to final: String) throws {
    try sync(path)
    guard Foundation.rename(path, final) == 0 else { throw failure("rename", path) }
    try sync((final as NSString).deletingLastPathComponent)
  }

  /// Must directly follow the failed call: takes the reason from `errno`.
  private static func failure(_ act: String, _ path: String) -> EngineError {
    let code = errno
    let isFull = code == ENOSPC || code == EDQUOT
    return EngineError(
      isFull ? .diskFull : .permission, "cannot \(act) \(path)", detail: [String(cString: strerror(code))],
      hint: isFull
        ? "Free room on that disk or name another folder, and run it again."
        : "Name a folder you may write to, and run it again.")
  }
}
