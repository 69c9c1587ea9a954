/// Tokens as text in one form, whatever white space and comments stood between them.
///
/// Case, quotes and parentheses stay as written: they are the author's, and changing them could
/// change what the text means. Read again, the text gives the same tokens.
package enum SQLiteCanonicalText {
  /// The canonical form of an expression or query, for example one that a pragma returned.
  package static func of(_ sql: String) -> String {
    text(SQLiteTokenizer.tokens(of: sql)[...])
  }

  /// The canonical form of a declared type, such as `DECIMAL(10,2)`.
  package static func ofType(_ type: String) -> String {
    var text = ""
    var previous: SQLiteToken?
    for token in SQLiteTokenizer.tokens(of: type) where token.kind != .end {
      let sticks = token.kind == .symbol || previous?.kind == .symbol
      text += previous == nil || sticks ? token.text : " \(token.text)"
      previous = token
    }
    return standardTypes.contains(SQLiteName.folded(text)) ? text.uppercased() : text
  }

  /// The types SQLite has codes for (`sqlite3StdType`): it forgets how they were written.
  private static let standardTypes: Set<String> = ["any", "blob", "int", "integer", "real", "text"]

  /// The tokens with single spaces where the form has any.
  static func text(_ tokens: ArraySlice<SQLiteToken>) -> String {
    var text = ""
    var before: SQLiteToken?
    var previous: SQLiteToken?
    var previousIsPrefix = false
    for token in tokens where token.kind != .end {
      let isPrefix = isSign(token) && !(previous.map(endsOperand) ?? false)
      if let previous {
        if isSpaced(
          token, after: previous, afterPrefix: previousIsPrefix, before: before, isPrefix: isPrefix)
        {
          text += " "
        }
      }
      text += token.text
      before = previous
      previous = token
      previousIsPrefix = isPrefix
    }
    return text
  }

  /// The tokens without parentheses that enclose them all.
  static func unwrapped(_ tokens: ArraySlice<SQLiteToken>) -> ArraySlice<SQLiteToken> {
    var tokens = tokens
    while tokens.count > 2, tokens.first?.isSymbol("(") == true, closesAtEnd(tokens) {
      tokens = tokens.dropFirst().dropLast()
    }
    return tokens
  }

  /// Whether the parenthesis at the start is closed by the last token.
  private static func closesAtEnd(_ tokens: ArraySlice<SQLiteToken>) -> Bool {
    var depth = 0
    for index in tokens.indices {
      if tokens[index].isSymbol("(") { depth += 1 }
      if tokens[index].isSymbol(")") { depth -= 1 }
      if depth == 0 { return index == tokens.index(before: tokens.endIndex) }
    }
    return false
  }

  private static func isSpaced(
    _ token: SQLiteToken, after previous: SQLiteToken, afterPrefix: Bool, before: SQLiteToken?,
    isPrefix: Bool
  ) -> Bool {
    if previous.isSymbol("(") || previous.isSymbol(".") || token.isSymbol(".") { return false }
    if token.isSymbol(")") || token.isSymbol(",") || token.isSymbol(";") { return false }
    // Two minus signs without a space would begin a comment.
    if afterPrefix { return previous.isSymbol("-") && token.isSymbol("-") }
    if token.isSymbol("(") { return !callsFunction(previous, after: before) }
    return true
  }

  /// Whether a parenthesis after this token opens the arguments of a function or the columns of a name.
  private static func callsFunction(_ token: SQLiteToken, after before: SQLiteToken?) -> Bool {
    switch token.kind {
    case .quotedName: return true
    case .word:
      if infixFunctions.contains(token.keyword) {
        guard let before else { return true }
        return !endsOperand(before) && !before.isKeyword("not")
      }
      return !operators.contains(token.keyword)
    case .string, .blob, .number, .variable, .symbol, .unknown, .end: return false
    }
  }

  private static func isSign(_ token: SQLiteToken) -> Bool {
    token.isSymbol("-") || token.isSymbol("+") || token.isSymbol("~")
  }

  /// Whether a sign after this token joins two operands.
  private static func endsOperand(_ token: SQLiteToken) -> Bool {
    switch token.kind {
    case .quotedName, .string, .blob, .number, .variable, .unknown: true
    case .word: !operators.contains(token.keyword) && !infixFunctions.contains(token.keyword)
    case .symbol: token.isSymbol(")")
    case .end: false
    }
  }

  /// Operators that are functions as well: `a LIKE (b)`, `like(b, a)`.
  private static let infixFunctions: Set<String> = ["glob", "like", "match", "regexp"]

  /// Keywords after which an operand begins.
  private static let operators: Set<String> = [
    "all", "and", "as", "between", "by", "case", "distinct", "else", "escape", "except", "exists", "filter",
    "from", "having", "in", "intersect", "is", "join", "limit", "not", "offset", "on", "or", "over",
    "returning", "select", "set", "then", "union", "using", "values", "when", "where", "with",
  ]
}
