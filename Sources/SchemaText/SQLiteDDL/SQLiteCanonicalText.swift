/// Tokens as text in one form, whatever white space and comments stood between them.
///
/// Reserved words are in upper case, and names that need no quotes have none where they can be nothing but names. All
/// else stays as written: it is the author's, and changing it could change what the text means.
package enum SQLiteCanonicalText {
  /// The canonical form of an expression or query, for example one that a pragma returned.
  package static func of(_ sql: String) -> String { of(sql, columns: []) }

  /// The canonical form of an expression over columns.
  ///
  /// - Parameter columns: the names, folded, that are columns there; any other in double quotes may be a text.
  package static func of(_ sql: String, columns: Set<String>) -> String {
    text(SQLiteTokenizer.tokens(of: sql)[...], columns: columns)
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
    // Case means nothing in a type, and SQLite forgets that of the types it has codes for (`sqlite3StdType`).
    return String(text.map { $0.isASCII ? Character($0.uppercased()) : $0 })
  }

  /// The tokens with single spaces where the form has any.
  static func text(_ tokens: ArraySlice<SQLiteToken>, columns: Set<String> = []) -> String {
    spaced(tokens) { spelling($0, after: $1, before: $2, columns) }
  }

  /// The tokens as they are written, with single spaces where the form has any: no SQL, perhaps.
  static func asWritten(_ tokens: ArraySlice<SQLiteToken>) -> String {
    spaced(tokens) { token, _, _ in token.text }
  }

  private static func spaced(
    _ tokens: ArraySlice<SQLiteToken>,
    _ spelling: (SQLiteToken, _ previous: SQLiteToken?, _ next: SQLiteToken?) -> String
  ) -> String {
    var text = ""
    var before: SQLiteToken?
    var previous: SQLiteToken?
    var previousIsPrefix = false
    for index in tokens.indices where tokens[index].kind != .end {
      let token = tokens[index]
      let isPrefix = isSign(token) && !(previous.map(endsOperand) ?? false)
      if let previous {
        if isSpaced(
          token, after: previous, afterPrefix: previousIsPrefix, before: before, isPrefix: isPrefix)
        {
          text += " "
        }
      }
      let next = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
      text += spelling(token, previous, next)
      before = previous
      previous = token
      previousIsPrefix = isPrefix
    }
    return text
  }

  private static func spelling(
    _ token: SQLiteToken, after previous: SQLiteToken?, before next: SQLiteToken?, _ columns: Set<String>
  ) -> String {
    switch token.kind {
    case .word: return reserved.contains(token.keyword) ? token.keyword.uppercased() : token.text
    case .quotedName:
      guard let name = token.name else { return token.text }
      let folded = SQLiteName.folded(name)
      let isKnown =
        columns.contains(folded) || previous?.isSymbol(".") == true || next?.isSymbol(".") == true
        || previous.map { tableWords.contains($0.keyword) } == true
      // In double quotes what is no name is a text; in the other quotes it is a name in any case.
      guard isKnown || token.text.first != "\"" else { return token.text }
      if isPlain(name), !ReservedWords.sqlite.contains(folded) { return name }
      return isKnown ? SQLiteQuotes.name(name) : token.text
    case .string, .blob, .number, .variable, .symbol, .unknown, .end: return token.text
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return name.unicodeScalars.allSatisfy { scalar in
      scalar == "_" || scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
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

  /// Words behind which only the name of a table stands.
  private static let tableWords: Set<String> = ["from", "into", "join", "update"]

  /// Words that no name can be without quotes (`parse.y`: keywords that do not fall back to names).
  private static let reserved: Set<String> = [
    "add", "all", "alter", "and", "as", "between", "case", "check", "collate", "commit", "constraint",
    "create",
    "current_date", "current_time", "current_timestamp", "default", "deferrable", "delete", "distinct",
    "drop",
    "else", "escape", "exists", "foreign", "from", "group", "having", "in", "index", "insert", "into", "is",
    "isnull", "join", "limit", "not", "nothing", "notnull", "null", "on", "or", "order", "primary",
    "references", "returning", "select", "set", "table", "then", "to", "transaction", "union", "unique",
    "update", "using", "values", "when", "where",
  ]

  /// Operators that are functions as well: `a LIKE (b)`, `like(b, a)`.
  private static let infixFunctions: Set<String> = ["glob", "like", "match", "regexp"]

  /// Keywords after which an operand begins.
  private static let operators: Set<String> = [
    "all", "and", "as", "between", "by", "case", "distinct", "else", "escape", "except", "exists", "filter",
    "from", "having", "in", "intersect", "is", "join", "limit", "not", "offset", "on", "or", "over",
    "returning", "select", "set", "then", "union", "using", "values", "when", "where", "with",
  ]
}
