import CLinux
import Glibc

/// The two ends of a pipe.
struct PipeEnds: ~Copyable {
  let readEnd: Descriptor
  let writeEnd: Descriptor

  /// Creates a pipe, with `pipe2(2)`.
  static func make() throws(SystemError) -> PipeEnds {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemError(doing: "create a pipe") }
    let readEnd = try Descriptor.owning(ends[0])
    let writeEnd = try Descriptor.owning(ends[1])
    return PipeEnds(readEnd: readEnd, writeEnd: writeEnd)
  }

  private init(readEnd: consuming Descriptor, writeEnd: consuming Descriptor) {
    self.readEnd = readEnd
    self.writeEnd = writeEnd
  }

  /// The read end alone, for when somebody else has the write end.
  consuming func closingWriteEnd() -> Descriptor {
    readEnd
  }

  /// Gives up ownership of both ends: they stay open for as long as the process lives.
  consuming func keepOpen() -> (readEnd: Int32, writeEnd: Int32) {
    (readEnd.keepOpen(), writeEnd.keepOpen())
  }
}
