import Engines
import Foundation

/// Writes that survive a power cut: contents are flushed before a name points to them.
enum DurableFile {
  /// Writes the whole file and flushes it to the disk.
  static func write(_ data: Data, to path: String) throws {
    do {
      try data.write(to: URL(fileURLWithPath: path))
    } catch {
      throw failure("write", path)
    }
    try sync(path)
  }

  /// Flushes a file or folder that is already written.
  static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("flush", path) }
  }

  /// Gives a flushed file or folder its final name, replacing what had it, and flushes the folder it is in.
  static func rename(_ path: String, to final: String) throws {
    try sync(path)
    guard Foundation.rename(path, final) == 0 else { throw failure("rename", path) }
    try sync((final as NSString).deletingLastPathComponent)
  }

  private static func failure(_ act: String, _ path: String) -> EngineError {
    let code = errno
    return EngineError(
      code == ENOSPC || code == EDQUOT ? .diskFull : .permission, "cannot \(act) \(path)",
      detail: [String(cString: strerror(code))],
      hint: "Free room on the disk or name another folder, and run it again.")
  }
}
