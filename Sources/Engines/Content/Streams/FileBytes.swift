import Glibc

/// The bytes of a file, or of a range of it (`pread(2)`).
package final class FileBytes: ByteStream {
  package let path: String
  private let descriptor: Int32
  private var position: Int
  private let end: Int?

  /// - Parameters:
  ///   - range: what of the file to read, in bytes; `nil` for all of it.
  package init(_ path: String, range: Range<Int>? = nil) throws(EngineError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw EngineError(
        .damaged, "a data file of the archive is missing: \(path)",
        detail: [String(cString: strerror(errno))],
        hint: "Use another backup: 'plumb backups' lists them.")
    }
    self.path = path
    position = range?.lowerBound ?? 0
    end = range?.upperBound
    posix_fadvise(descriptor, off_t(position), off_t(range?.count ?? 0), POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
    let room = min(buffer.count, end.map { $0 - position } ?? buffer.count)
    guard room > 0 else { return 0 }
    while true {
      let count = pread(descriptor, buffer.baseAddress, room, off_t(position))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .damagedFile(path, because: String(cString: strerror(errno))) }
      // A range was promised: less than that is damage.
      if count == 0 && end != nil { throw .cutOff(path) }
      position += count
      return count
    }
  }
}
