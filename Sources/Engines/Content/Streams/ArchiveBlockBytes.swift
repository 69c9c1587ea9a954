import Glibc
import SchemaText

/// The data of one entry of a custom archive: pieces, each with its length before it, until a length of zero.
///
/// The layout is that of PostgreSQL's `pg_backup_custom.c` (`_PrintTocData`, `_CustomReadFunc`).
final class ArchiveBlockBytes: ByteStream {
  private let file: FileBytes
  private var input: StreamInput
  private let name: String
  private let integerByteCount: Int
  /// What is left of the current piece.
  private var remaining = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - offset: where the block begins: its kind and its entry's number stand there.
  ///   - id: the entry's number, which must stand there.
  init(_ path: String, offset: Int, id: Int, integerByteCount: Int) throws(EngineError) {
    file = try FileBytes(path, range: offset..<Int.max)
    input = StreamInput(file)
    name = "\(path), entry \(id)"
    self.integerByteCount = integerByteCount
    let kind = try byte()
    guard kind == 1 else { throw .damagedFile(name, because: "no rows begin at byte \(offset)") }
    let found = try integer()
    guard found == id else {
      throw .damagedFile(name, because: "the data at byte \(offset) are those of entry \(found)")
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
    guard !isAtEnd else { return 0 }
    if remaining == 0 {
      remaining = try integer()
      guard remaining >= 0 else { throw .damagedFile(name, because: "a piece has a negative length") }
      if remaining == 0 {
        isAtEnd = true
        return 0
      }
    }
    let available = try input.available()
    guard !available.isEmpty else { throw .cutOff(name) }
    let count = min(remaining, available.count, buffer.count)
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: available[..<count]))
    input.consume(count)
    remaining -= count
    return count
  }

  private func byte() throws(EngineError) -> UInt8 {
    guard let byte = try input.available().first else { throw .cutOff(name) }
    input.consume(1)
    return byte
  }

  /// A sign byte, then the value, lowest byte first (`ReadInt`).
  private func integer() throws(EngineError) -> Int {
    let isNegative = try byte() != 0
    var value = 0
    for place in 0..<integerByteCount { value |= Int(try byte()) << (8 * place) }
    return isNegative ? -value : value
  }
}
