import SchemaModel

/// The text of a timeline's history file, `00000002.history`.
package enum TimelineHistory {
  /// Reads it: each line that is no comment names a timeline and the position at which it was left.
  ///
  /// - Returns: `nil` when it is none.
  package static func read(_ text: String) -> [LogArchive.Branch]? {
    var branches: [LogArchive.Branch] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      guard words.count >= 2, let timeline = UInt32(first), let end = LogPosition(words[1]) else {
        return nil
      }
      branches.append(LogArchive.Branch(timeline: timeline, end: end))
    }
    return branches.isEmpty ? nil : branches
  }

  /// The timeline whose history a file is, by its name; `nil` when it is no history.
  package static func timeline(ofFileNamed name: some StringProtocol) -> UInt32? {
    guard name.utf8.count == 16, name.hasSuffix(".history") else { return nil }
    return UInt32(name.prefix(8), radix: 16)
  }
}
