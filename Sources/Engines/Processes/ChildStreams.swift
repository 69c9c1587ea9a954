import Glibc

/// A running child and our ends of its output streams.
struct ChildStreams: ~Copyable {
  /// Which stream some bytes came from.
  enum Name: Int, CaseIterable {
    case output
    case errors
  }

  /// How long a child may take to end after SIGTERM, before it gets SIGKILL.
  private static let patience: Duration = .seconds(5)

  /// What a pipe can hold at most, so what may be left in it when its writer has ended.
  private static let pipeByteCount = 1 << 20

  private let child: ChildProcess
  private let output: Descriptor
  private let errors: Descriptor

  /// Takes over a child and the read ends of the pipes it writes to.
  init(of child: consuming ChildProcess, output: consuming Descriptor, errors: consuming Descriptor) {
    self.child = child
    self.output = output
    self.errors = errors
    self.output.readWithoutWaiting()
    self.errors.readWithoutWaiting()
  }

  /// Reads both streams, as they fill, until the child has ended.
  ///
  /// Ends with the child, not with the streams: something the child left behind may hold those open for ever. The
  /// child never outlives this call.
  ///
  /// - Throws: ``Interrupted``; what `receive` throws.
  consuming func readToEnd(
    isInterruptible: Bool, receive: (Name, ArraySlice<UInt8>) throws -> Void
  ) throws -> ProcessEnd {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    // The two streams in the order of Name, the child's end, and the interruption; -1 once it is of no interest.
    var waitedFor = [
      output.number, errors.number, child.endDescriptor, isInterruptible ? Interruption.descriptor : -1,
    ]
    var failure: (any Error)?
    var killTime: ContinuousClock.Instant?
    var hasEnded = false

    while !hasEnded {
      let ready = Readiness.wait(for: waitedFor, until: killTime)
      if !ready.contains(true) {
        child.signal(SIGKILL)
        killTime = nil
      }
      do {
        if ready[3] { throw Interrupted() }
        for name in Name.allCases where ready[name.rawValue] {
          switch read(name, into: &buffer) {
          case .bytes(let count): if failure == nil { try receive(name, buffer[..<count]) }
          case .nothingYet: break
          case .end: waitedFor[name.rawValue] = -1
          }
        }
      } catch {
        failure = error
        waitedFor[3] = -1
        child.signal(SIGTERM)
        killTime = .now + Self.patience
      }
      hasEnded = waitedFor[2] >= 0 ? ready[2] : waitedFor[0] < 0 && waitedFor[1] < 0
    }
    if let failure { throw failure }

    for name in Name.allCases where waitedFor[name.rawValue] >= 0 {
      var left = Self.pipeByteCount
      while left > 0, case .bytes(let count) = read(name, into: &buffer) {
        try receive(name, buffer[..<count])
        left -= count
      }
    }
    return child.wait()
  }

  private borrowing func read(_ name: Name, into buffer: inout [UInt8]) -> Descriptor.Chunk {
    switch name {
    case .output: output.read(into: &buffer)
    case .errors: errors.read(into: &buffer)
    }
  }
}
