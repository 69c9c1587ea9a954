/// Counts the rows that violate each of some constraints by themselves.
struct RowFlags {
  /// Violating rows of each constraint.
  private(set) var violating: [Int]
  /// Whether every row had a letter for each of them, or none.
  private(set) var isWellFormed = true

  init(count: Int) { violating = Array(repeating: 0, count: count) }

  /// Reads the first field of each row.
  mutating func read(_ batch: borrowing SentBatch) {
    for row in 0..<batch.rowCount {
      let letters = batch.range(of: 0...0, in: row)
      guard !letters.isEmpty else { continue }
      isWellFormed = isWellFormed && letters.count == violating.count
      for (constraint, place) in letters.enumerated()
      where constraint < violating.count && batch.bytes[place] == UInt8(ascii: "t") {
        violating[constraint] += 1
      }
    }
  }
}
