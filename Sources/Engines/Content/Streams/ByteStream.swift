/// Bytes that come one after the other: of a file, of a part of one, or what is made of those.
package protocol ByteStream: AnyObject {
  /// Fills the buffer as far as it can at once.
  ///
  /// - Returns: how many bytes were written; 0 only at the end.
  /// - Throws: `EngineError` of kind `damaged` that names the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int
}

extension ByteStream {
  /// The next bytes, so many of them or as many as there are.
  func prefix(_ count: Int) throws(EngineError) -> [UInt8] {
    var failure: EngineError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, held in
      do throws(EngineError) {
        while held < count {
          let more = try read(
            into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[held...]))
          guard more > 0 else { return }
          held += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// How bytes are compressed, and what tells where they end.
package enum StreamCompression: Hashable, Sendable {
  case none
  /// One gzip member or several (RFC 1952).
  case gzip
  /// A zlib stream (RFC 1950), as a custom archive has it.
  case zlib
  /// LZ4 frames.
  case lz4
  /// Zstandard frames.
  case zstd

  /// The bytes that were compressed.
  ///
  /// - Parameter name: what to call the source in an error.
  package func expanding(_ source: any ByteStream, named name: String) throws(EngineError) -> any ByteStream {
    switch self {
    case .none: source
    case .gzip: InflatedBytes(source, wrapper: .gzip, named: name)
    case .zlib: InflatedBytes(source, wrapper: .zlib, named: name)
    case .lz4: try LZ4Bytes(source, named: name)
    case .zstd: try ZstdBytes(source, named: name)
    }
  }

  /// What a file is compressed with, by its first bytes.
  package init(magic: [UInt8]) {
    if magic.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if magic.starts(with: [0x04, 0x22, 0x4d, 0x18]) {
      self = .lz4
    } else if magic.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) {
      self = .zstd
    } else {
      self = .none
    }
  }
}

/// A stream's bytes as they are needed, piece by piece: what a decompressor takes in.
struct StreamInput: ~Copyable {
  private let source: any ByteStream
  private let buffer: UnsafeMutableRawBufferPointer
  private var position = 0
  private var count = 0

  init(_ source: any ByteStream) {
    self.source = source
    buffer = .allocate(byteCount: 1 << 17, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The bytes that were read and not consumed yet; empty at the end.
  ///
  /// Reads more only when there are none.
  mutating func available() throws(EngineError) -> UnsafeMutableRawBufferPointer {
    if position == count {
      position = 0
      count = try source.read(into: buffer)
    }
    return UnsafeMutableRawBufferPointer(rebasing: buffer[position..<count])
  }

  mutating func consume(_ byteCount: Int) { position += byteCount }
}
