import SchemaModel

/// The comments between two members of a table, dealt out by the lines they stand on.
///
/// What stands on the last line of the one before belongs to that; what reaches down to the one
/// after, without an empty line between, to that; the rest, such as a heading, to neither.
struct SQLiteCommentGap {
  private(set) var trailing: [SQLiteComment] = []
  private(set) var leading: [SQLiteComment] = []

  /// - Parameters:
  ///   - previous: the last token of the member before, or the parenthesis that opens the list.
  ///   - separator: the comma between the two.
  ///   - next: the first token of the member after.
  init(after previous: SQLiteToken, separator: SQLiteToken?, before next: SQLiteToken) {
    var candidates: [SQLiteComment] = []
    for comment in separator?.comments ?? [] {
      if comment.line == previous.endLine { trailing.append(comment) } else { candidates.append(comment) }
    }
    let anchor = separator ?? previous
    for comment in next.comments {
      let followsPrevious = comment.line == previous.endLine && anchor.endLine == previous.endLine
      if followsPrevious && next.position.line > comment.endLine {
        trailing.append(comment)
      } else {
        candidates.append(comment)
      }
    }
    var line = next.position.line
    for comment in candidates.reversed() {
      guard line - comment.endLine <= 1 else { break }
      leading.insert(comment, at: 0)
      line = comment.line
    }
  }
}

extension Comment {
  /// The comments' lines as one comment; `nil` when they say nothing.
  init?(_ comments: [SQLiteComment]) {
    let text = comments.flatMap(\.lines).joined(separator: "\n")
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    self.init(text)
  }
}
