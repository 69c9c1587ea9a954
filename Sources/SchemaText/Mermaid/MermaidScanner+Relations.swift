import SchemaModel

extension MermaidScanner {
  /// The words and signs of a cardinality, longest first where one begins another.
  private static let cardinalities: [(text: String, meaning: DrawnRelation.Cardinality)] = [
    ("one or zero", .zeroOrOne), ("zero or one", .zeroOrOne), ("one or more", .oneOrMore),
    ("one or many", .oneOrMore), ("zero or more", .zeroOrMore), ("zero or many", .zeroOrMore),
    ("many(0)", .zeroOrMore), ("many(1)", .oneOrMore), ("many", .zeroOrMore), ("only one", .exactlyOne),
    ("one", .exactlyOne), ("1+", .oneOrMore), ("0+", .zeroOrMore), ("1", .exactlyOne),
    ("||", .exactlyOne), ("|o", .zeroOrOne), ("o|", .zeroOrOne), ("}o", .zeroOrMore), ("o{", .zeroOrMore),
    ("}|", .oneOrMore), ("|{", .oneOrMore),
  ]

  /// Steps over a cardinality on this line, if one comes next.
  mutating func takeCardinality() -> DrawnRelation.Cardinality? {
    let start = offset
    skipSpaces()
    for (text, meaning) in Self.cardinalities {
      let endsInWord = text.last.map { $0.isLetter || $0.isNumber } ?? false
      let isSign = text.first.map { "|}o".contains($0) } ?? false && !text.hasPrefix("on")
      if isSign ? take(text) : endsInWord ? takeCardinalWord(text) : take(text) { return meaning }
    }
    // The parent of a Markdown list.
    if isNext("u"), let next = peek(1), next == "-" || next == "." || next == "|" {
      advance()
      return .exactlyOne
    }
    go(to: start)
    return nil
  }

  /// `1--` is a cardinality, `1a` is none.
  private mutating func takeCardinalWord(_ word: String) -> Bool {
    guard isNext(word) else { return false }
    if let following = peek(word.unicodeScalars.count), Self.isNameScalar(following), following != "-",
      following != "."
    {
      return false
    }
    advance(word.unicodeScalars.count)
    return true
  }

  /// Steps over the line of a relation: whether it is identifying; `nil` when none comes next.
  mutating func takeRelationType() -> Bool? {
    skipSpaces()
    for (text, isIdentifying) in [("--", true), ("..", false), (".-", false), ("-.", false)] where take(text)
    {
      return isIdentifying
    }
    if takeWord("optionally to") { return false }
    return takeWord("to") ? true : nil
  }

  /// As ``takeRelationType()``, for looking ahead.
  mutating func takesRelationType() -> Bool { takeRelationType() != nil }
}
