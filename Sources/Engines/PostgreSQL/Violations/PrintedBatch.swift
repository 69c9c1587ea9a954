/// Some printed rows, with the places of their fields; used again for the rows after them.
///
/// Rows are judged in batches: to look up many hashes one right after the other takes a fraction of the time, because the
/// processor then waits for memory once and not for each.
struct PrintedBatch {
  private(set) var bytes: [UInt8] = []
  private(set) var rowCount = 0
  /// Whether every row had the fields it was to have.
  private(set) var isWellFormed = true
  let fieldCount: Int
  /// Where each field of each row begins, and behind the last one where the row ends, its line feed included.
  private var starts: [Int] = []

  /// How many rows fill it.
  static let capacity = 256

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    bytes.reserveCapacity(Self.capacity * 64)
    starts.reserveCapacity(Self.capacity * (fieldCount + 1))
  }

  var isFull: Bool { rowCount == Self.capacity }

  /// - Parameter line: fields as `COPY` prints them, with the line feed.
  mutating func append(_ line: UnsafeRawBufferPointer) {
    let offset = bytes.count
    bytes.append(contentsOf: line)
    starts.append(offset)
    var found = 0
    for (place, byte) in line.enumerated() where byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") {
      found += 1
      if found <= fieldCount { starts.append(offset + place + 1) }
    }
    while found < fieldCount {
      starts.append(bytes.count)
      found += 1
      isWellFormed = false
    }
    isWellFormed = isWellFormed && found == fieldCount
    rowCount += 1
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    rowCount = 0
  }

  /// Where some fields that stand side by side are in ``bytes``, with the tabs between them.
  func range(of fields: ClosedRange<Int>, in row: Int) -> Range<Int> {
    let first = row * (fieldCount + 1)
    let start = starts[first + fields.lowerBound]
    // Less the tab or line feed behind it.
    return start..<max(start, starts[first + fields.upperBound + 1] - 1)
  }
}
