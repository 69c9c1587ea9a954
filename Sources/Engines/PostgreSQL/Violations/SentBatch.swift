/// Some rows that were sent, with the places of their fields; used again for the rows after them.
///
/// Rows are judged in batches: to look up many hashes one right after the other takes a fraction of the time, because the
/// processor then waits for memory once and not for each.
struct SentBatch {
  private(set) var bytes: [UInt8] = []
  private(set) var rowCount = 0
  /// Whether every row had the fields it was to have.
  private(set) var isWellFormed = true
  let fieldCount: Int
  /// Where the value of each field of each row begins, and behind the last one where another would.
  private var starts: [Int] = []
  private var hasBegun = false

  /// How many rows fill it.
  static let capacity = 256

  /// The number that tells how long a value is stands before it; of NULL, all of its bits are set.
  private static let lengthSize = 4

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    bytes.reserveCapacity(Self.capacity * 64)
    starts.reserveCapacity(Self.capacity * (fieldCount + 1))
  }

  var isFull: Bool { rowCount >= Self.capacity }

  /// Adds the rows of a message of `COPY … (FORMAT binary)`, each whole (PostgreSQL manual, COPY, File Formats).
  ///
  /// None after the first that is not as it was to be.
  mutating func append(_ message: UnsafeRawBufferPointer) {
    guard isWellFormed else { return }
    var place = 0
    if !hasBegun {
      hasBegun = true
      // Signature, flags, and the length of an extension.
      place = BinaryRows.head.count
      guard message.starts(with: BinaryRows.head) else { return isWellFormed = false }
    }
    while place < message.count {
      guard place + 2 <= message.count else { return isWellFormed = false }
      let count = Int(Int16(bigEndian: message.loadUnaligned(fromByteOffset: place, as: Int16.self)))
      place += 2
      // After the last row.
      if count == -1 { return }
      guard count == fieldCount, let end = appendRow(message, at: place) else { return isWellFormed = false }
      place = end
    }
  }

  /// Where the row ends; `nil` when it is cut off.
  private mutating func appendRow(_ message: UnsafeRawBufferPointer, at begin: Int) -> Int? {
    let offset = bytes.count - begin
    var place = begin
    for _ in 0..<fieldCount {
      guard place + Self.lengthSize <= message.count else { return nil }
      let length = Int32(bigEndian: message.loadUnaligned(fromByteOffset: place, as: Int32.self))
      place += Self.lengthSize
      starts.append(offset + place)
      place += max(0, Int(length))
    }
    guard place <= message.count else { return nil }
    starts.append(offset + place + Self.lengthSize)
    bytes.append(contentsOf: message[begin..<place])
    rowCount += 1
    return place
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    rowCount = 0
  }

  /// Where some fields that stand side by side are in ``bytes``, with the lengths between them.
  func range(of fields: ClosedRange<Int>, in row: Int) -> Range<Int> {
    let first = row * (fieldCount + 1)
    return starts[first + fields.lowerBound]..<starts[first + fields.upperBound + 1] - Self.lengthSize
  }

  /// Where a field is in ``bytes``, after its length.
  func rangeWithLength(of field: Int, in row: Int) -> Range<Int> {
    let range = range(of: field...field, in: row)
    return range.lowerBound - Self.lengthSize..<range.upperBound
  }

  func isNull(_ field: Int, in row: Int) -> Bool {
    let range = range(of: field...field, in: row)
    return range.isEmpty && bytes[range.lowerBound - 1] == 0xFF
  }
}
