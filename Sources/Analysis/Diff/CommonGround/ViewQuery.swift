/// A view's query as the server prints it, brought to one form for comparing what two majors print.
///
/// Where the whole query reads from one place, PostgreSQL 14 and 15 still put that place's name before each column, and
/// later ones do not. Queries inside it are printed alike by all.
enum ViewQuery {
  /// The query without the name of the only place it reads from before the columns of that place.
  ///
  /// What is read from several places is returned as it is.
  static func withoutQualifiers(_ definition: String) -> String {
    let tokens = tokens(of: definition)
    let isOuter = outerTokens(in: tokens)
    guard let source = source(of: tokens, isOuter) else { return definition }
    var text = ""
    var position = 0
    while position < tokens.count {
      let isQualifier =
        isOuter[position] && !source.range.contains(position) && tokens[position] == source.name
        && isQualifier(at: position, in: tokens)
      if !isQualifier { text += tokens[position].text }
      // The point goes with the name.
      position += isQualifier ? 2 : 1
    }
    return text
  }

  private enum Token: Hashable {
    /// A name or keyword as written, its quotes included.
    case word(String)
    /// White space, a text in quotes, or a single other character.
    case other(String)

    var text: String {
      switch self {
      case .word(let text), .other(let text): text
      }
    }

    var isSpace: Bool { text.first?.isWhitespace ?? false }

    /// Keywords are printed in upper case and names that look so are quoted.
    func isKeyword(_ words: String...) -> Bool {
      guard case .word(let word) = self else { return false }
      return words.contains(word)
    }
  }

  /// `name . column`, with neither a schema before it nor a function behind it, and not the whole row.
  private static func isQualifier(at position: Int, in tokens: [Token]) -> Bool {
    guard position + 2 < tokens.count, tokens[position + 1] == .other("."),
      case .word = tokens[position + 2]
    else { return false }
    if position + 3 < tokens.count, tokens[position + 3] == .other("(") { return false }
    let before = tokens[..<position].last { !$0.isSpace }
    return before != .other(".") && before != .other(":") && !(before?.isKeyword("COLLATE") ?? false)
  }

  /// The name that the only place read from goes by, and where it stands; `nil` when there are several, or none.
  private static func source(
    of tokens: [Token], _ isOuter: [Bool]
  ) -> (name: Token, range: Range<Int>)? {
    let depths = depths(of: tokens)
    let top = tokens.indices.filter { depths[$0] == 0 && !tokens[$0].isSpace }
    guard let start = top.first(where: { tokens[$0].isKeyword("FROM") }),
      !top.contains(where: { tokens[$0].isKeyword("UNION", "INTERSECT", "EXCEPT") })
    else { return nil }
    let end =
      top.first { position in
        position > start
          && (tokens[position] == .other(";")
            || tokens[position].isKeyword(
              "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"))
      } ?? tokens.count
    let item = top.filter { $0 > start && $0 < end }
    guard !item.contains(where: { tokens[$0] == .other(",") || tokens[$0].isKeyword("JOIN") }) else {
      return nil
    }
    let named = item.prefix { !tokens[$0].isKeyword("TABLESAMPLE") }
    let name = named.last { position in
      if case .word = tokens[position] { return true }
      return false
    }
    return name.map { (tokens[$0], start..<end) }
  }

  /// How many parentheses each token stands in.
  private static func depths(of tokens: [Token]) -> [Int] {
    var depth = 0
    return tokens.map { token in
      if token == .other(")") || token == .other("]") { depth -= 1 }
      defer { if token == .other("(") || token == .other("[") { depth += 1 } }
      return depth
    }
  }

  /// Which tokens belong to the outermost query and to none inside it.
  private static func outerTokens(in tokens: [Token]) -> [Bool] {
    var isQuery: [Bool] = []
    return tokens.indices.map { position in
      if tokens[position] == .other(")") { isQuery = isQuery.dropLast() }
      let isOuter = !isQuery.contains(true)
      if tokens[position] == .other("(") {
        let first = tokens[(position + 1)...].first { !$0.isSpace && $0 != .other("(") }
        isQuery.append(first?.isKeyword("SELECT", "WITH", "VALUES") ?? false)
      }
      return isOuter
    }
  }

  private static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      let taken: Substring
      if first.isWhitespace {
        taken = rest.prefix(while: \.isWhitespace)
      } else if first == "'" || first == "\"" {
        taken = quoted(rest)
      } else if first.isLetter || first == "_" || first.isNumber {
        taken = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
      } else {
        taken = rest.prefix(1)
      }
      let isWord = first == "\"" || first.isLetter || first == "_"
      tokens.append(isWord ? .word(String(taken)) : .other(String(taken)))
      rest = rest[taken.endIndex...]
    }
    return tokens
  }

  /// A text or name in quotes, which are doubled inside.
  private static func quoted(_ text: Substring) -> Substring {
    let quote = text.first
    var position = text.index(after: text.startIndex)
    while position < text.endIndex {
      let isQuote = text[position] == quote
      position = text.index(after: position)
      guard isQuote else { continue }
      guard position < text.endIndex, text[position] == quote else { break }
      position = text.index(after: position)
    }
    return text[..<position]
  }
}
