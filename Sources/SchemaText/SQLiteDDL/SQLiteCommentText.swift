/// The text of a comment without its marks and the decoration around it.
enum SQLiteCommentText {
  /// A line of a comment: one leading space and all white space at the end are not part of it.
  static func line(_ text: String) -> String {
    var line = text[...]
    if line.first == " " { line.removeFirst() }
    return trimmedEnd(line)
  }

  /// The lines of a block comment: without indentation, leading stars and empty lines at either end.
  static func block(_ text: String) -> [String] {
    let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var lines = written.enumerated().map { index, written in
      guard index > 0 else { return line(String(written)) }
      var rest = written.drop { $0 == " " || $0 == "\t" }
      guard rest.first == "*" else { return trimmedEnd(rest) }
      rest.removeFirst()
      return line(String(rest))
    }
    while lines.count > 1, lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
