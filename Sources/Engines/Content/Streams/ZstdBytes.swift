import CZstd

/// What zstd made smaller, made large again: frames (`ZSTD_decompressStream`), one after the other.
final class ZstdBytes: ByteStream {
  private let name: String
  private var input: StreamInput
  private let stream: OpaquePointer
  /// Whether a frame has begun and not ended.
  private var isInFrame = true

  init(_ source: any ByteStream, named name: String) throws(EngineError) {
    self.name = name
    input = StreamInput(source)
    guard let stream = ZSTD_createDStream() else {
      throw EngineError(.refused, "there is no memory to read \(name)")
    }
    self.stream = stream
  }

  deinit { ZSTD_freeDStream(stream) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
    while true {
      let available = try input.available()
      if available.isEmpty && !isInFrame { return 0 }
      var source = ZSTD_inBuffer(src: available.baseAddress, size: available.count, pos: 0)
      var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let outcome = ZSTD_decompressStream(stream, &target, &source)
      guard ZSTD_isError(outcome) == 0 else {
        throw .damagedFile(name, because: String(cString: ZSTD_getErrorName(outcome)))
      }
      input.consume(source.pos)
      // 0 says that the frame is complete and all of it was handed out.
      isInFrame = outcome != 0
      if target.pos > 0 { return target.pos }
      if available.isEmpty && isInFrame { throw .cutOff(name) }
    }
  }
}
