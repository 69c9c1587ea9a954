import CLZ4

/// What lz4 made smaller, made large again: frames (`LZ4F_decompress`), one after the other.
final class LZ4Bytes: ByteStream {
  private let name: String
  private var input: StreamInput
  private let context: OpaquePointer
  /// Whether a frame has begun and not ended.
  private var isInFrame = true

  init(_ source: any ByteStream, named name: String) throws(EngineError) {
    self.name = name
    input = StreamInput(source)
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context
    else { throw EngineError(.refused, "there is no memory to read \(name)") }
    self.context = context
  }

  deinit { LZ4F_freeDecompressionContext(context) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
    while true {
      let available = try input.available()
      if available.isEmpty && !isInFrame { return 0 }
      var written = buffer.count
      var taken = available.count
      let outcome = LZ4F_decompress(context, buffer.baseAddress, &written, available.baseAddress, &taken, nil)
      guard LZ4F_isError(outcome) == 0 else {
        throw .damagedFile(name, because: String(cString: LZ4F_getErrorName(outcome)))
      }
      input.consume(taken)
      // 0 says that the frame is complete; otherwise it is how much is wanted next.
      isInFrame = outcome != 0
      if written > 0 { return written }
      if available.isEmpty && isInFrame { throw .cutOff(name) }
    }
  }
}
