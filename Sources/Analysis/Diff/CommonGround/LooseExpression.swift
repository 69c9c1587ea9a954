/// An expression as people write it and as a server prints it, brought to one form for comparing.
///
/// Case, white space, casts, grouping parentheses and other spellings of one operator do not count. Two forms that
/// differ in the order of evaluation alone come out equal, which is the price of not asking a server.
enum LooseExpression {
  /// The form that two spellings of one expression share.
  static func form(of expression: String) -> String {
    var tokens = withoutCasts(Self.tokens(of: expression))
    tokens = tokens.compactMap { respelled[$0] ?? $0 }
    tokens = withoutGrouping(tokens)
    var text = " " + tokens.joined(separator: " ") + " "
    text.replace(" = any ( array [ ", with: " in ( ")
    text.replace(" ] )", with: " )")
    text.replace(" <> all ( array [ ", with: " not in ( ")
    text = withoutBetween(text)
    return text.split(separator: " ").joined(separator: " ")
  }

  private static let respelled = [
    "!=": "<>", "~~": "like", "!~~": "notlike", "~~*": "ilike", "current_timestamp": "now ( )",
    "int": "integer", "bool": "boolean",
  ]

  private static func tokens(of expression: String) -> [String] {
    var tokens: [String] = []
    var rest = expression[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "'" {
        tokens.append(takeQuoted("'", from: &rest))
      } else if first == "\"" {
        let name = takeQuoted("\"", from: &rest)
        tokens.append(String(name.dropFirst().dropLast()))
      } else if first.isLetter || first == "_" || first.isNumber {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "." }
        rest = rest.dropFirst(word.count)
        let name = word.lowercased()
        tokens.append(name.hasPrefix("public.") ? String(name.dropFirst("public.".count)) : name)
      } else if first == ":", rest.dropFirst().first == ":" {
        tokens.append("::")
        rest = rest.dropFirst(2)
      } else if "()[],".contains(first) {
        tokens.append(String(first))
        rest = rest.dropFirst()
      } else {
        let sign = rest.prefix { "<>=!~*+-/%|&^#@?:".contains($0) }
        tokens.append(sign.isEmpty ? String(first) : String(sign))
        rest = rest.dropFirst(max(1, sign.count))
      }
    }
    return tokens
  }

  private static func takeQuoted(_ quote: Character, from rest: inout Substring) -> String {
    var text = String(quote)
    rest = rest.dropFirst()
    while let character = rest.first {
      rest = rest.dropFirst()
      text.append(character)
      guard character == quote else { continue }
      // A doubled quote is one of the text's own.
      guard rest.first == quote else { return text }
      rest = rest.dropFirst()
    }
    return text + String(quote)
  }

  /// Words that go on with the type of a cast.
  private static let typeWords: Set = [
    "varying", "precision", "with", "without", "time", "zone",
  ]

  /// Types that may stand before a text instead of behind it.
  private static let literalTypes: Set = [
    "bool", "boolean", "date", "inet", "interval", "json", "jsonb", "numeric", "time", "timestamp",
    "timestamptz",
    "timetz", "uuid",
  ]

  private static func withoutCasts(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    while index < tokens.count {
      // `interval '5 days'` is `'5 days'::interval`.
      if index + 1 < tokens.count, tokens[index + 1].first == "'", literalTypes.contains(tokens[index]) {
        index += 1
        continue
      }
      guard tokens[index] == "::" else {
        result.append(tokens[index])
        index += 1
        continue
      }
      // The server prints a negative number as a text with a cast.
      if let text = result.last, text.first == "'", Double(text.dropFirst().dropLast()) != nil {
        result.removeLast()
        result += Self.tokens(of: String(text.dropFirst().dropLast()))
      }
      index += 2
      // A type with its schema, in quotes or not.
      if index < tokens.count, tokens[index - 1].last == "." { index += 1 }
      while index + 1 < tokens.count, tokens[index] == "." { index += 2 }
      while index < tokens.count, typeWords.contains(tokens[index]) { index += 1 }
      if index < tokens.count, tokens[index] == "(", let end = tokens[index...].firstIndex(of: ")") {
        index = end + 1
      }
      while index < tokens.count, typeWords.contains(tokens[index]) { index += 1 }
      while index + 1 < tokens.count, tokens[index] == "[", tokens[index + 1] == "]" { index += 2 }
    }
    return result
  }

  /// Words before a parenthesis that call nothing.
  private static let notFunctions: Set = [
    "and", "or", "not", "when", "then", "else", "case", "is", "between", "like", "notlike", "ilike", "=",
  ]

  /// Keeps the parentheses of function calls and lists only.
  private static func withoutGrouping(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var isKept: [Bool] = []
    for (index, token) in tokens.enumerated() {
      if token == "(" {
        let before = index > 0 ? tokens[index - 1] : ""
        let isCall = before.first.map { $0.isLetter || $0 == "_" } ?? false && !notFunctions.contains(before)
        isKept.append(isCall)
        if isCall { result.append(token) }
      } else if token == ")" {
        if isKept.popLast() ?? true { result.append(token) }
      } else {
        result.append(token)
      }
    }
    return result
  }

  /// `x between a and b` as `x >= a and x <= b`, for operands of one token or call.
  private static func withoutBetween(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    while let place = words.firstIndex(of: "between"), place > 0,
      let and = words[place...].firstIndex(of: "and")
    {
      var start = place - 1
      if words[start] == ")" {
        var depth = 0
        while start > 0 {
          if words[start] == ")" { depth += 1 }
          if words[start] == "(" { depth -= 1 }
          if depth == 0 { break }
          start -= 1
        }
        start = max(0, start - 1)
      }
      let subject = words[start..<place]
      let low = words[(place + 1)..<and]
      words.replaceSubrange(place...and, with: [">="] + low + ["and"] + subject + ["<="])
    }
    return words.joined(separator: " ")
  }
}
