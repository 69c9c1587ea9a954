/// The bytes of one row, in an encoding no two different rows share; reused from row to row.
///
/// Each value is a tag byte for its storage class and then: nothing for NULL; eight bytes, big-endian,
/// for an integer; the eight bytes of a double, big-endian, for a real; eight bytes of length and the bytes
/// themselves for text and for BLOBs. The tags and this order are part of every manifest ever written.
struct SQLiteRowBytes: ~Copyable {
  private enum Tag: UInt8 {
    case null = 0
    case integer = 1
    case real = 2
    case text = 3
    case blob = 4
  }

  private var buffer: UnsafeMutableRawBufferPointer
  private var count = 0

  init() { buffer = .allocate(byteCount: 4096, alignment: 16) }

  deinit { buffer.deallocate() }

  /// Begins the next row.
  mutating func clear() { count = 0 }

  /// Adds the row's next value.
  mutating func append(_ value: SQLiteValue) {
    switch value {
    case .null: append(.null, payload: 0)
    case .integer(let number): append(.integer, UInt64(bitPattern: number), payload: 0)
    case .real(let number): append(.real, number.bitPattern, payload: 0)
    case .text(let bytes): append(.text, bytes)
    case .blob(let bytes): append(.blob, bytes)
    }
  }

  /// The hash of the row.
  borrowing func hash() -> UInt128 {
    RowHash.hash(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
  }

  private mutating func append(_ tag: Tag, _ bytes: UnsafeRawBufferPointer) {
    append(tag, UInt64(bytes.count), payload: bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  private mutating func append(_ tag: Tag, _ word: UInt64, payload: Int) {
    append(tag, payload: 8 + payload)
    buffer.storeBytes(of: word.bigEndian, toByteOffset: count, as: UInt64.self)
    count += 8
  }

  /// Adds the tag and makes room for what follows it.
  private mutating func append(_ tag: Tag, payload: Int) {
    reserve(count + 1 + payload)
    buffer[count] = tag.rawValue
    count += 1
  }

  private mutating func reserve(_ size: Int) {
    guard size > buffer.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 2 * buffer.count), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    buffer.deallocate()
    buffer = larger
  }
}
