/// Where the rows are that violate each of some constraints by themselves.
struct RowPlaces {
  /// The places (`ctid`) of the rows that violate each constraint; `nil` when they are too many.
  private(set) var violating: [[String]]?
  private let constraintCount: Int
  private var rowCount = 0

  /// Of more rows than these, places are not listed.
  static let most = 10_000

  init(constraintCount: Int) {
    self.constraintCount = constraintCount
    violating = Array(repeating: [], count: constraintCount)
  }

  /// Reads the first field of each row: a letter for each constraint, and the row's place.
  mutating func read(_ batch: borrowing SentBatch) {
    for row in 0..<batch.rowCount {
      let field = batch.range(of: 0...0, in: row)
      guard !field.isEmpty, violating != nil else { continue }
      rowCount += 1
      guard rowCount <= Self.most, field.count > constraintCount else { return violating = nil }
      let place = String(decoding: batch.bytes[field.dropFirst(constraintCount)], as: UTF8.self)
      for (constraint, letter) in field.prefix(constraintCount).enumerated()
      where batch.bytes[letter] == UInt8(ascii: "t") {
        violating?[constraint].append(place)
      }
    }
  }
}
