import Glibc
import SchemaText

/// Finds the blocks of a custom archive that was written into a pipe, where no offsets could be filled in.
enum ArchiveBlocks {
  /// Where each entry's block begins, by the entry's number; goes from length to length and reads no rows.
  static func offsets(in path: String, contents: ArchiveContents) throws(EngineError) -> [Int: Int] {
    var reader = try PositionedReader(path)
    reader.position = contents.byteCount
    var offsets: [Int: Int] = [:]
    while let kind = try reader.byteIfAny() {
      let start = reader.position - 1
      let id = try reader.integer(of: contents.integerByteCount)
      offsets[id] = start
      switch kind {
      case 1: try reader.skipPieces(contents.integerByteCount)
      // Large objects: each its number and its pieces, until a number of 0.
      case 3:
        while try reader.integer(of: contents.integerByteCount) != 0 {
          try reader.skipPieces(contents.integerByteCount)
        }
      case _: throw .damagedFile(path, because: "there is no kind of block \(kind), at byte \(start)")
      }
    }
    return offsets
  }

  /// Reads a few bytes here and there.
  private struct PositionedReader: ~Copyable {
    let path: String
    let descriptor: Int32
    let byteCount: Int
    var position = 0
    private var buffer = [UInt8](repeating: 0, count: 1 << 14)
    private var held = 0..<0

    init(_ path: String) throws(EngineError) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .damagedFile(path, because: String(cString: strerror(errno))) }
      self.path = path
      byteCount = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    mutating func byteIfAny() throws(EngineError) -> UInt8? {
      guard position < byteCount else { return nil }
      if !held.contains(position) {
        let count = pread(descriptor, &buffer, buffer.count, off_t(position))
        guard count > 0 else { throw .damagedFile(path, because: String(cString: strerror(errno))) }
        held = position..<position + count
      }
      defer { position += 1 }
      return buffer[position - held.lowerBound]
    }

    mutating func integer(of size: Int) throws(EngineError) -> Int {
      var bytes: [UInt8] = []
      for _ in 0...size {
        guard let byte = try byteIfAny() else { throw .cutOff(path) }
        bytes.append(byte)
      }
      let value = bytes.dropFirst().reversed().reduce(0) { $0 << 8 | Int($1) }
      return bytes[0] == 0 ? value : -value
    }

    mutating func skipPieces(_ size: Int) throws(EngineError) {
      while true {
        let count = try integer(of: size)
        guard count > 0 else { return }
        position += count
        guard position <= byteCount else { throw .cutOff(path) }
      }
    }
  }
}
