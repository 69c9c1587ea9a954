import CISAL

/// What gzip or zlib made smaller, made large again by ISA-L, with its checksum verified.
final class InflatedBytes: ByteStream {
  /// What surrounds the compressed bytes.
  enum Wrapper {
    /// Members follow one another until the source ends.
    case gzip
    /// One stream; what follows it is not read.
    case zlib
  }

  private let name: String
  private let wrapper: Wrapper
  private var input: StreamInput
  private let state: UnsafeMutablePointer<inflate_state>
  private var isAtEnd = false

  init(_ source: any ByteStream, wrapper: Wrapper, named name: String) {
    self.name = name
    self.wrapper = wrapper
    input = StreamInput(source)
    state = .allocate(capacity: 1)
    begin()
  }

  deinit { state.deallocate() }

  private func begin() {
    isal_inflate_init(state)
    switch wrapper {
    case .gzip: state.pointee.crc_flag = UInt32(ISAL_GZIP)
    case .zlib: state.pointee.crc_flag = UInt32(ISAL_ZLIB)
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    while !isAtEnd {
      let available = try input.available()
      let room = min(buffer.count, Int(Int32.max))
      state.pointee.next_in = available.baseAddress?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_in = UInt32(available.count)
      state.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_out = UInt32(room)
      let outcome = isal_inflate(state)
      guard outcome >= 0, outcome != ISAL_NEED_DICT else {
        throw .damagedFile(name, because: Self.words(for: outcome))
      }
      input.consume(available.count - Int(state.pointee.avail_in))
      let written = room - Int(state.pointee.avail_out)
      if state.pointee.block_state == ISAL_BLOCK_FINISH {
        try finishMember()
      } else if available.isEmpty && written == 0 {
        throw .cutOff(name)
      }
      if written > 0 { return written }
    }
    return 0
  }

  /// Behind a member comes another one, or the end.
  private func finishMember() throws(EngineError) {
    switch wrapper {
    case .zlib: isAtEnd = true
    case .gzip:
      isAtEnd = try input.available().isEmpty
      if !isAtEnd { begin() }
    }
  }

  private static func words(for outcome: Int32) -> String {
    switch outcome {
    case ISAL_INCORRECT_CHECKSUM: "its checksum does not fit its contents"
    case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: "it is not compressed as its name says"
    case _: "its compressed bytes make no sense"
    }
  }
}
