/// Rows of a table that are in one place and not in another, called by their primary key.
package struct DifferingRows: Hashable, Sendable, Codable {
  /// Rows that are in neither place as they are in the other: the same key, other values.
  package var changed: [String]
  /// Rows that are only in the first place.
  package var missing: [String]
  /// Rows that are only in the second place.
  package var unexpected: [String]
  /// Whether there are more: when very many differ only some are looked at.
  package var isSample: Bool

  package init(changed: [String], missing: [String], unexpected: [String], isSample: Bool) {
    self.changed = changed
    self.missing = missing
    self.unexpected = unexpected
    self.isSample = isSample
  }

  /// How many ranges of each are named.
  private static let mostRanges = 5

  /// All in one line: `changed: 17 to 40; missing: 9`.
  package var words: String {
    let parts = [("changed", changed), ("missing", missing), ("not expected", unexpected)]
      .filter { !$0.1.isEmpty }.map { "\($0): \(Self.ranges(of: $1))" }
    return parts.joined(separator: "; ") + (isSample ? "; there are more" : "")
  }

  /// Keys that are numbers one after the other as one range, the others one by one.
  private static func ranges(of keys: [String]) -> String {
    var ranges: [(first: String, last: String, count: Int)] = []
    let numbers = keys.compactMap { Int($0) }
    for key in numbers.count == keys.count ? numbers.sorted().map(String.init) : keys.sorted() {
      if let range = ranges.last, let end = Int(range.last), let number = Int(key), number - 1 == end {
        ranges[ranges.count - 1] = (range.first, key, range.count + 1)
      } else {
        ranges.append((key, key, 1))
      }
    }
    let named = ranges.prefix(mostRanges).map { $0.count == 1 ? $0.first : "\($0.first) to \($0.last)" }
    let rest = ranges.dropFirst(mostRanges).reduce(0) { $0 + $1.count }
    return named.joined(separator: ", ") + (rest == 0 ? "" : " and \(rest) more")
  }
}
