/// A place among tokens that are read from left to right.
struct SQLiteTokenCursor {
  /// What has not been read.
  private(set) var rest: ArraySlice<SQLiteToken>
  /// Where the text ends, for findings about something that is missing.
  private let end: SQLitePosition

  /// - Parameter end: the token after the last.
  init(_ tokens: ArraySlice<SQLiteToken>, before end: SQLitePosition) {
    rest = tokens
    self.end = end
  }

  init(parsing sql: String) {
    let tokens = SQLiteTokenizer.tokens(of: sql)
    self.init(tokens.dropLast()[...], before: tokens.last?.position ?? SQLitePosition(line: 1, column: 1))
  }

  var isAtEnd: Bool { rest.isEmpty }
  var next: SQLiteToken? { rest.first }
  /// Where the next token is, or would be.
  var position: SQLitePosition { rest.first?.position ?? end }

  /// What is read has characters in it that SQLite does not know, or a literal that nothing ends.
  var unknown: [SQLiteFinding] {
    rest.filter { $0.kind == .unknown }.map { SQLiteFinding("cannot read \"\($0.text)\"", at: $0.position) }
  }

  /// Something else stands next than `expected`.
  func finding(expecting expected: String) -> SQLiteFinding {
    let found = next.map { "\"\($0.text)\"" } ?? "nothing"
    return SQLiteFinding("expected \(expected), found \(found)", at: position)
  }

  /// The token that many after the next.
  func token(_ ahead: Int) -> SQLiteToken? {
    rest.dropFirst(ahead).first
  }

  /// Whether the next tokens are these keywords, in lower case.
  func isAt(_ keywords: String...) -> Bool {
    guard rest.count >= keywords.count else { return false }
    return zip(rest, keywords).allSatisfy { $0.isKeyword($1) }
  }

  func isAtSymbol(_ sign: String) -> Bool { rest.first?.isSymbol(sign) == true }

  mutating func take() -> SQLiteToken? { rest.popFirst() }

  /// Moves over the keywords when they are next, all of them or none.
  mutating func accept(_ keywords: String...) -> Bool {
    guard rest.count >= keywords.count, zip(rest, keywords).allSatisfy({ $0.isKeyword($1) }) else {
      return false
    }
    rest.removeFirst(keywords.count)
    return true
  }

  /// Moves over the sign when it is next.
  mutating func acceptSymbol(_ sign: String) -> Bool {
    guard isAtSymbol(sign) else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes a name in any of SQLite's quotes.
  mutating func takeName() -> String? {
    guard let name = rest.first?.name else { return nil }
    rest.removeFirst()
    return name
  }

  /// Takes a name that a schema's name may precede, and drops that.
  mutating func takeQualifiedName() -> String? {
    let name = takeName()
    guard isAtSymbol("."), token(1)?.name != nil else { return name }
    rest.removeFirst()
    return takeName()
  }

  /// Takes what stands in the parentheses that open next; to the end when nothing closes them.
  mutating func takeGroup() -> SQLiteTokenGroup? {
    guard let opening = next, opening.isSymbol("(") else { return nil }
    var depth = 0
    for index in rest.indices {
      if rest[index].isSymbol("(") { depth += 1 }
      if rest[index].isSymbol(")") { depth -= 1 }
      guard depth == 0 else { continue }
      let group = SQLiteTokenGroup(
        opening: opening, tokens: rest[rest.index(after: rest.startIndex)..<index], closing: rest[index],
        end: end)
      rest = rest[rest.index(after: index)...]
      return group
    }
    let group = SQLiteTokenGroup(opening: opening, tokens: rest.dropFirst(), closing: nil, end: end)
    // Emptied in place: an empty array would begin at zero.
    rest = rest[rest.endIndex...]
    return group
  }
}
