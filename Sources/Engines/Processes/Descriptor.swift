import CLinux
import Glibc

/// A file descriptor that is closed when its owner lets go of it, and that no child inherits.
struct Descriptor: ~Copyable {
  /// The number the kernel knows it by; never 0, 1 or 2, so that a child's own streams cannot collide with it.
  let number: Int32

  private init(_ number: Int32) {
    self.number = number
  }

  /// Takes over `number`, which must be open with close-on-exec set.
  ///
  /// - Throws: ``SystemError`` when the table of descriptors is full.
  static func owning(_ number: Int32) throws(SystemError) -> Descriptor {
    guard number <= STDERR_FILENO else { return Descriptor(number) }
    // Only when we ourselves were started with a standard stream closed.
    let moved = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    let failure = SystemError(doing: "duplicate a file descriptor")
    close(number)
    guard moved >= 0 else { throw failure }
    return Descriptor(moved)
  }

  /// Opens a file, with `open(2)`; one that is created is readable by its owner only.
  static func opening(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    let opened = open(path, flags | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw SystemError(doing: "open \(path)") }
    return try owning(opened)
  }

  /// A file in memory with these bytes, positioned at its start, with `memfd_create(2)`.
  static func holding(_ bytes: [UInt8]) throws(SystemError) -> Descriptor {
    let created = memfd_create("plumb-stdin", shim_MFD_CLOEXEC)
    guard created >= 0 else { throw SystemError(doing: "create a file in memory") }
    let file = try owning(created)
    try file.write(bytes)
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw SystemError(doing: "rewind a file in memory") }
    return file
  }

  deinit {
    close(number)
  }

  /// Gives up ownership: the descriptor stays open for as long as the process lives.
  consuming func keepOpen() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// Writes all bytes, however many calls that takes.
  borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if count >= 0 {
        position += count
      } else if errno != EINTR {
        throw SystemError(doing: "write")
      }
    }
  }

  /// What a read found.
  enum Chunk {
    case bytes(Int)
    case nothingYet
    case end
  }

  /// Reads what is there into `buffer`; any failure other than "nothing yet" counts as the end.
  borrowing func read(into buffer: inout [UInt8]) -> Chunk {
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN { return .nothingYet }
      if errno != EINTR { return .end }
    }
  }

  /// Makes a read return at once when there is nothing to read.
  borrowing func readWithoutWaiting() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }
}
