/// What stands between two parentheses.
struct SQLiteTokenGroup {
  var opening: SQLiteToken
  var tokens: ArraySlice<SQLiteToken>
  /// The closing parenthesis; `nil` when the text ends before it.
  var closing: SQLiteToken?
  /// Where the text ends.
  var end: SQLitePosition

  var cursor: SQLiteTokenCursor {
    SQLiteTokenCursor(tokens, before: closing?.position ?? end)
  }

  /// The tokens between the commas that stand in no inner parentheses; none for an empty group.
  var items: [ArraySlice<SQLiteToken>] {
    var items: [ArraySlice<SQLiteToken>] = []
    var depth = 0
    var start = tokens.startIndex
    for index in tokens.indices {
      if tokens[index].isSymbol("(") { depth += 1 }
      if tokens[index].isSymbol(")") { depth -= 1 }
      guard depth == 0, tokens[index].isSymbol(",") else { continue }
      items.append(tokens[start..<index])
      start = tokens.index(after: index)
    }
    if !tokens.isEmpty { items.append(tokens[start...]) }
    return items
  }

  /// The canonical form of the expression inside, without further parentheses around all of it.
  var expression: String { SQLiteCanonicalText.text(SQLiteCanonicalText.unwrapped(tokens)) }
}
