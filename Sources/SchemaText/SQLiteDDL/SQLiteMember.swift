import SchemaModel

/// A column or a constraint between the parentheses of `CREATE TABLE`, with the comments that are its own.
///
/// Its own are the comment lines directly before it, those inside it, and a comment that follows it
/// on its last line, even after the comma.
struct SQLiteMember {
  var tokens: ArraySlice<SQLiteToken>
  /// Where the text after it begins.
  var end: SQLitePosition
  var comment: Comment?

  /// Whether it constrains the table; no column can have one of these words as its unquoted name.
  var isConstraint: Bool { tokens.first.map(Self.startsConstraint) ?? false }

  var cursor: SQLiteTokenCursor { SQLiteTokenCursor(tokens, before: end) }

  /// The members between a table's parentheses; SQLite lets the comma between two constraints be missing.
  static func members(of group: SQLiteTokenGroup) -> [SQLiteMember] {
    let parts = parts(of: group)
    return parts.enumerated().map { index, part in
      let next = index + 1 < parts.count ? parts[index + 1] : nil
      return SQLiteMember(
        tokens: part.tokens, end: next?.tokens.first?.position ?? group.closing?.position ?? group.end,
        comment: comment(
          of: part, after: index > 0 ? parts[index - 1] : nil, before: next, in: group))
    }
  }

  /// The tokens of a member, and the comma before it.
  private struct Part {
    var separator: SQLiteToken?
    var tokens: ArraySlice<SQLiteToken>
  }

  private static func parts(of group: SQLiteTokenGroup) -> [Part] {
    group.items.flatMap { item in
      let comma = item.startIndex > group.tokens.startIndex ? group.tokens[item.startIndex - 1] : nil
      return starts(in: item).map { range in
        Part(separator: range.lowerBound == item.startIndex ? comma : nil, tokens: item[range])
      }
    }
  }

  /// The ranges of a column, or of the constraints that follow each other without a comma.
  private static func starts(in item: ArraySlice<SQLiteToken>) -> [Range<Int>] {
    guard item.first.map(startsConstraint) == true else { return [item.startIndex..<item.endIndex] }
    var ranges: [Range<Int>] = []
    var start = item.startIndex
    var depth = 0
    for index in item.indices.dropFirst() {
      if item[index].isSymbol("(") { depth += 1 }
      if item[index].isSymbol(")") { depth -= 1 }
      guard depth == 0, startsConstraint(item[index]) else { continue }
      let isName = item[index - 1].isKeyword("constraint")
      let isNamed = index - 2 >= start && item[index - 2].isKeyword("constraint")
      if isName || isNamed { continue }
      ranges.append(start..<index)
      start = index
    }
    return ranges + [start..<item.endIndex]
  }

  private static func startsConstraint(_ token: SQLiteToken) -> Bool {
    ["constraint", "primary", "unique", "check", "foreign"].contains(token.keyword)
  }

  private static func comment(
    of part: Part, after previous: Part?, before next: Part?, in group: SQLiteTokenGroup
  ) -> Comment? {
    guard let first = part.tokens.first, let last = part.tokens.last else { return nil }
    var comments = SQLiteCommentGap(
      after: previous?.tokens.last ?? group.opening, separator: part.separator, before: first
    ).leading
    var depth = 0
    for token in part.tokens.dropFirst() {
      if depth == 0 { comments += token.comments }
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
    }
    if let next, let after = next.tokens.first {
      comments += SQLiteCommentGap(after: last, separator: next.separator, before: after).trailing
    } else if let closing = group.closing {
      comments += closing.comments.filter { $0.line == last.endLine }
    }
    return Comment(comments)
  }
}
