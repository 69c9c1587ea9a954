import SchemaModel

/// The tokens of an expression that a catalog holds: enough to see which names it mentions, no grammar.
struct SQLTokens {
  /// One token.
  enum Token: Hashable {
    /// A name, keyword or number, as written.
    case word(String)
    /// A name in quotes, without them.
    case quotedName(String)
    /// A text in single quotes.
    case text
    /// Any other character: an operator's, a digit's, a parenthesis.
    case symbol(UInt8)
  }

  let tokens: [Token]
  private let dialect: SQLDialect

  init(_ expression: String, in dialect: SQLDialect) {
    self.dialect = dialect
    var scanner = Scanner(bytes: Array(expression.utf8), engine: dialect.engine)
    tokens = scanner.tokens()
  }

  /// Whether one pair of parentheses holds the whole expression.
  var isParenthesised: Bool {
    guard tokens.first == .symbol(UInt8(ascii: "(")) else { return false }
    var depth = 0
    for (place, token) in tokens.enumerated() {
      if token == .symbol(UInt8(ascii: "(")) { depth += 1 }
      if token == .symbol(UInt8(ascii: ")")) { depth -= 1 }
      if depth == 0 { return place == tokens.count - 1 }
    }
    return false
  }

  /// Whether the expression calls the table, or one of its columns, by the table's own name.
  func isQualified(by table: String) -> Bool {
    zip(tokens, tokens.dropFirst()).contains { token, next in
      next == .symbol(UInt8(ascii: ".")) && names(token, table)
    }
  }

  /// The columns the expression mentions, in their order in the table; a word that is also a type's
  /// name may be taken for the column of that name.
  func columns(of table: Table) -> [String] {
    table.columns.map(\.name).filter { column in
      tokens.indices.contains { place in names(tokens[place], column) && isColumn(at: place) }
    }
  }

  private func names(_ token: Token, _ name: String) -> Bool {
    switch token {
    case .word(let word), .quotedName(let word):
      switch dialect.engine {
      case .postgreSQL: word == name
      case .sqlite: word.lowercased() == name.lowercased()
      }
    case .text, .symbol: false
    }
  }

  /// Whether the name is no function's and no type's.
  private func isColumn(at place: Int) -> Bool {
    let isCalled = place + 1 < tokens.count && tokens[place + 1] == .symbol(UInt8(ascii: "("))
    let colon = Token.symbol(UInt8(ascii: ":"))
    let isType = place > 1 && tokens[place - 1] == colon && tokens[place - 2] == colon
    return !isCalled && !isType
  }
}

/// Cuts an expression into tokens.
private struct Scanner {
  let bytes: [UInt8]
  let engine: DatabaseEngine
  private var place = 0

  init(bytes: [UInt8], engine: DatabaseEngine) {
    self.bytes = bytes
    self.engine = engine
  }

  mutating func tokens() -> [SQLTokens.Token] {
    var tokens: [SQLTokens.Token] = []
    while place < bytes.count {
      if let token = next() { tokens.append(token) }
    }
    return tokens
  }

  /// The next token, or nothing for a space or a comment; moves on in any case.
  private mutating func next() -> SQLTokens.Token? {
    let byte = bytes[place]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      place += 1
      return nil
    case UInt8(ascii: "'"):
      _ = quoted(until: byte)
      return .text
    case UInt8(ascii: "\""): return .quotedName(quoted(until: byte))
    case UInt8(ascii: "`") where engine == .sqlite: return .quotedName(quoted(until: byte))
    case UInt8(ascii: "[") where engine == .sqlite: return .quotedName(quoted(until: UInt8(ascii: "]")))
    case UInt8(ascii: "-") where follows(UInt8(ascii: "-")):
      while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
      return nil
    case UInt8(ascii: "/") where follows(UInt8(ascii: "*")):
      place += 2
      while place < bytes.count, !(bytes[place] == UInt8(ascii: "*") && follows(UInt8(ascii: "/"))) {
        place += 1
      }
      place += 2
      return nil
    case _ where isWord(byte):
      let start = place
      let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      while place < bytes.count, isWord(bytes[place]) || isNumber && bytes[place] == UInt8(ascii: ".") {
        place += 1
      }
      return .word(String(decoding: bytes[start..<place], as: UTF8.self))
    default:
      place += 1
      return .symbol(byte)
    }
  }

  private func follows(_ byte: UInt8) -> Bool {
    place + 1 < bytes.count && bytes[place + 1] == byte
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// What stands between here and the closing quote, a doubled one being part of it.
  private mutating func quoted(until quote: UInt8) -> String {
    var content: [UInt8] = []
    place += 1
    while place < bytes.count {
      if bytes[place] == quote {
        guard follows(quote) else { break }
        place += 1
      }
      content.append(bytes[place])
      place += 1
    }
    place += 1
    return String(decoding: content, as: UTF8.self)
  }
}
