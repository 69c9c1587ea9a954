import CISAL

/// Makes bytes a gzip member (RFC 1952) with ISA-L: fast before small.
///
/// Members one after the other are a gzip file.
final class GzipMember {
  private let stream: UnsafeMutablePointer<isal_zstream>
  private let levelBuffer: UnsafeMutableRawBufferPointer
  private var output: UnsafeMutableRawBufferPointer

  /// Level 1: a fifth larger than zlib's default, ten times as fast.
  private static let level: UInt32 = 1

  init() {
    stream = .allocate(capacity: 1)
    levelBuffer = .allocate(byteCount: 1 << 19, alignment: 16)
    output = .allocate(byteCount: 1 << 20, alignment: 16)
  }

  deinit {
    stream.deallocate()
    levelBuffer.deallocate()
    output.deallocate()
  }

  /// The member that holds the bytes; valid until the next call.
  func compress(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    // What cannot be compressed is stored: 5 bytes for each 65,535, and header and trailer.
    let bound = bytes.count + bytes.count / 1000 + 1024
    if output.count < bound {
      output.deallocate()
      output = .allocate(byteCount: bound, alignment: 16)
    }
    while true {
      isal_deflate_stateless_init(stream)
      stream.pointee.level = Self.level
      stream.pointee.level_buf = levelBuffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.level_buf_size = UInt32(levelBuffer.count)
      stream.pointee.gzip_flag = UInt16(IGZIP_GZIP)
      stream.pointee.end_of_stream = 1
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(bytes.count)
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      if isal_deflate_stateless(stream) == COMP_OK {
        return UnsafeRawBufferPointer(rebasing: output[..<(output.count - Int(stream.pointee.avail_out))])
      }
      // Only room can be missing.
      let larger = output.count * 2
      output.deallocate()
      output = .allocate(byteCount: larger, alignment: 16)
    }
  }
}
