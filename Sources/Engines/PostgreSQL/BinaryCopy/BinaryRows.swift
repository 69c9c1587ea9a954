import Glibc

/// Turns rows as `COPY` prints them into rows of `COPY … (FORMAT binary)`.
///
/// One for each `COPY`; the memory it gives out is good until the next call.
final class BinaryRows {
  /// What stands before the first row: signature, flags, length of an extension (PostgreSQL manual, COPY, File Formats).
  static let head: [UInt8] =
    [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
  /// What stands after the last.
  static let tail: [UInt8] = [0xFF, 0xFF]

  private let fields: [BinaryField]
  private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)

  init(_ fields: [BinaryField]) { self.fields = fields }

  deinit { storage.deallocate() }

  /// The rows in binary form.
  ///
  /// - Returns: `nil` when one of them is not printed as PostgreSQL prints it, so that the server itself must read it.
  func converted(_ block: RowBlock) -> UnsafeRawBufferPointer? {
    let rows = block.rows
    guard let first = rows.baseAddress, !rows.isEmpty else { return rows }
    // What grows most is an array of one digit, `{1}` and a line feed: from four bytes to forty.
    let needed = rows.count * 12 + 64
    if storage.count < needed {
      storage.deallocate()
      storage = .allocate(byteCount: needed, alignment: 64)
    }
    // A line that ends in a carriage return as well, or a stray one: what that means is for the server to say.
    guard let begin = storage.baseAddress, memchr(first, 13, rows.count) == nil else { return nil }
    let text = first.assumingMemoryBound(to: UInt8.self)
    var writer = BinaryWriter(begin.assumingMemoryBound(to: UInt8.self))
    let isWhole = fields.withUnsafeBufferPointer { fields in
      var start = text
      let end = text + rows.count
      while start < end {
        guard let found = memchr(start, 10, end - start) else { return false }
        let lineEnd = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
        guard Self.convert(start, lineEnd, fields, &writer) else { return false }
        start = lineEnd + 1
      }
      return true
    }
    guard isWhole else { return nil }
    return UnsafeRawBufferPointer(
      rebasing: storage[..<(writer.place - begin.assumingMemoryBound(to: UInt8.self))])
  }

  /// Converts one row; false when it is not as expected.
  private static func convert(
    _ line: UnsafePointer<UInt8>, _ lineEnd: UnsafePointer<UInt8>, _ fields: UnsafeBufferPointer<BinaryField>,
    _ writer: inout BinaryWriter
  ) -> Bool {
    writer.put(UInt16(truncatingIfNeeded: fields.count))
    var start = line
    for (position, field) in fields.enumerated() {
      guard start <= lineEnd else { return false }
      let end =
        memchr(start, 9, lineEnd - start).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) }
        ?? lineEnd
      // Only the last field ends where the line does.
      guard (end == lineEnd) == (position == fields.count - 1) else { return false }
      let value = UnsafeBufferPointer(start: start, count: end - start)
      if value.count == 2, value[0] == UInt8(ascii: "\\"), value[1] == UInt8(ascii: "N") {
        writer.put(UInt32.max)
      } else {
        guard field.write(value, to: &writer) else { return false }
      }
      start = end + 1
    }
    return true
  }
}

/// Writes numbers as the wire has them, highest byte first, into memory that is known to be large enough.
struct BinaryWriter {
  private(set) var place: UnsafeMutablePointer<UInt8>

  init(_ place: UnsafeMutablePointer<UInt8>) { self.place = place }

  mutating func put<Number: FixedWidthInteger>(_ number: Number) {
    UnsafeMutableRawPointer(place).storeBytes(of: number.bigEndian, as: Number.self)
    place += MemoryLayout<Number>.size
  }

  /// A value of a fixed width, after its length.
  mutating func putField<Number: FixedWidthInteger>(_ number: Number) {
    put(UInt32(MemoryLayout<Number>.size))
    put(number)
  }

  mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    place.update(from: base, count: bytes.count)
    place += bytes.count
  }

  /// Writes a value whose length is known only afterwards; false when it cannot be written.
  mutating func putSized(_ body: (inout BinaryWriter) -> Bool) -> Bool {
    let start = place
    put(UInt32(0))
    guard body(&self) else { return false }
    var length = BinaryWriter(start)
    length.put(UInt32(truncatingIfNeeded: place - start - 4))
    return true
  }
}
