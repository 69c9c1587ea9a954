import Glibc

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

  // Plain pointers and memcpy: this runs for every value, and generic copies are slow in debug builds.
  private var start: UnsafeMutableRawPointer
  private var capacity = 4096
  private var count = 0

  init() { start = .allocate(byteCount: capacity, alignment: 16) }

  deinit { start.deallocate() }

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
    RowHash.hash(UnsafeRawBufferPointer(start: start, count: count))
  }

  private mutating func append(_ tag: Tag, _ bytes: UnsafeRawBufferPointer) {
    append(tag, UInt64(bytes.count), payload: bytes.count)
    guard let source = bytes.baseAddress else { return }
    memcpy(start + count, source, bytes.count)
    count += bytes.count
  }

  private mutating func append(_ tag: Tag, _ word: UInt64, payload: Int) {
    append(tag, payload: 8 + payload)
    var word = word.bigEndian
    memcpy(start + count, &word, 8)
    count += 8
  }

  /// Adds the tag and makes room for what follows it.
  private mutating func append(_ tag: Tag, payload: Int) {
    if count + 1 + payload > capacity { grow(to: count + 1 + payload) }
    (start + count).assumingMemoryBound(to: UInt8.self).pointee = tag.rawValue
    count += 1
  }

  private mutating func grow(to size: Int) {
    capacity = max(size, 2 * capacity)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
  }
}
