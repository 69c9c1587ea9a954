/// One statement of a text for psql, a command of psql's own, or the rows behind a `COPY … FROM stdin`.
package struct ScriptStatement: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case statement
    /// Begins with a backslash and goes to the end of its line.
    case command
    /// Rows, with the line `\.` that ends them.
    case rows
  }

  /// A piece of a statement; comments and white space are none.
  package enum Token: Hashable, Sendable {
    /// A key word, a name without quotes, or a number; in lower case.
    case word(String)
    /// A name in double quotes.
    case name(String)
    /// The beginning of a text in quotes.
    case literal(String)
    case symbol(Character)

    var isWord: Bool {
      if case .word = self { return true }
      return false
    }
  }

  package var form: Form
  /// Bytes from its first one to behind its semicolon or line.
  package var range: Range<Int>
  /// The line it begins in, from 1.
  package var line: Int
  /// What tells what it is: of long ones not all.
  package var tokens: [Token]
  /// Whether tokens are missing that might matter.
  package var isAbridged = false
  /// Whether lines of rows end in a carriage return too.
  package var hasCarriageReturns = false
}

extension ScriptStatement {
  /// Whether it is about a database as a whole, or a command that would leave the one it is run in.
  var leavesDatabase: Bool {
    switch form {
    case .rows: return false
    case .command:
      return ["\\connect", "\\c", "\\restrict", "\\unrestrict"].contains { tokens.first == .word($0) }
    case .statement:
      var words = StatementTokens(tokens)
      if words.take("create", "database") || words.take("alter", "database") || words.take("drop", "database")
      {
        return true
      }
      let kinds: [Token] = [.word("comment"), .word("grant"), .word("revoke"), .word("security")]
      return tokens.first.map(kinds.contains) == true
        && zip(tokens, tokens.dropFirst()).contains { $0 == .word("on") && $1 == .word("database") }
    }
  }
}

/// Takes a statement's tokens one after the other.
struct StatementTokens {
  private let tokens: [ScriptStatement.Token]
  private(set) var position = 0

  init(_ tokens: [ScriptStatement.Token]) { self.tokens = tokens }

  var next: ScriptStatement.Token? { position < tokens.count ? tokens[position] : nil }

  /// The next token, if it is a key word.
  var word: String? {
    guard case .word(let word)? = next else { return nil }
    return word
  }

  var isAtEnd: Bool { position >= tokens.count }

  mutating func skip() { position += 1 }

  /// Takes these key words, if all of them come next.
  mutating func take(_ words: String...) -> Bool {
    let end = position + words.count
    guard end <= tokens.count, zip(words, tokens[position..<end]).allSatisfy({ .word($0) == $1 }) else {
      return false
    }
    position = end
    return true
  }

  mutating func takeSymbol(_ symbol: Character) -> Bool {
    guard next == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  /// Takes whichever of these key words come next, in any order.
  mutating func skipAny(_ words: Set<String>) {
    while let word, words.contains(word) { position += 1 }
  }

  /// Takes a name with what stands before its dots: the last two parts.
  mutating func name() -> ScriptName? {
    guard var name = identifier() else { return nil }
    var schema: String?
    while takeSymbol(".") {
      guard let further = identifier() else { return nil }
      (schema, name) = (name, further)
    }
    return ScriptName(schema: schema, name: name)
  }

  /// Takes names in parentheses, if they come next.
  mutating func names() -> [String]? {
    guard takeSymbol("(") else { return nil }
    var names: [String] = []
    while let name = identifier() {
      names.append(name)
      if takeSymbol(")") { return names }
      guard takeSymbol(",") else { return nil }
    }
    return nil
  }

  private mutating func identifier() -> String? {
    switch next {
    case .word(let word)?:
      position += 1
      return word
    case .name(let name)?:
      position += 1
      return name
    case .literal?, .symbol?, nil: return nil
    }
  }
}

/// A name as a script writes it: perhaps without its schema.
package struct ScriptName: Hashable, Sendable {
  package var schema: String?
  package var name: String
}
