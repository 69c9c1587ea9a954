/// A place in a diagram that moves forward over what it recognises.
struct MermaidScanner {
  private let body: MermaidSource.Body
  private(set) var offset = 0

  init(_ body: MermaidSource.Body) { self.body = body }

  var isAtEnd: Bool { offset >= body.scalars.count }
  var current: Unicode.Scalar? { peek(0) }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    offset + distance < body.scalars.count ? body.scalars[offset + distance] : nil
  }

  var position: TextPosition {
    offset < body.positions.count
      ? body.positions[offset] : body.positions.last ?? TextPosition(line: 1, column: 1)
  }

  mutating func advance(_ count: Int = 1) { offset = min(offset + count, body.scalars.count) }

  mutating func go(to offset: Int) { self.offset = offset }

  /// Over blanks on this line.
  mutating func skipSpaces() {
    while let scalar = current, scalar != "\n", scalar.properties.isWhitespace { advance() }
  }

  /// Over blanks, line ends and lines of comment.
  mutating func skipBlank() {
    while let scalar = current {
      if scalar == "%", peek(1) == "%" {
        if peek(2) == "{" { skip(past: "}%%") } else { skipLine() }
      } else if scalar.properties.isWhitespace {
        advance()
      } else {
        return
      }
    }
  }

  mutating func skipLine() {
    while let scalar = current, scalar != "\n" { advance() }
  }

  /// Behind that text, or to the end.
  mutating func skip(past text: String) {
    while !isAtEnd {
      if take(text) { return }
      advance()
    }
  }

  /// Steps over the text, in whatever case, if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard isNext(text) else { return false }
    advance(text.unicodeScalars.count)
    return true
  }

  func isNext(_ text: String) -> Bool {
    text.unicodeScalars.enumerated().allSatisfy { place, scalar in
      peek(place).map { $0 == scalar || $0.properties.lowercaseMapping == scalar.properties.lowercaseMapping }
        ?? false
    }
  }

  /// Steps over the word, in whatever case, if it comes next and no longer word begins with it.
  mutating func takeWord(_ word: String) -> Bool {
    guard isNext(word) else { return false }
    if let following = peek(word.unicodeScalars.count), Self.isNameScalar(following) { return false }
    advance(word.unicodeScalars.count)
    return true
  }

  /// The rest of the line, without blanks at its ends.
  mutating func restOfLine() -> String {
    take { $0 != "\n" }.trimmed
  }

  mutating func take(while isWanted: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = current, isWanted(scalar) {
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  /// What stands between that sign and its next occurrence on this line; `nil`, and no step, without one.
  mutating func takeQuoted(_ sign: Unicode.Scalar = "\"") -> String? {
    guard current == sign else { return nil }
    let start = offset
    advance()
    let text = take { $0 != sign && $0 != "\n" }
    guard current == sign else {
      offset = start
      return nil
    }
    advance()
    return text
  }

  /// What the name of an entity is made of without quotation marks.
  static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 && !scalar.properties.isWhitespace || scalar == "_" || scalar == "-" || scalar == "*"
      || scalar == "." || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
      || ("A"..."Z").contains(scalar)
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// With the signs that Mermaid's texts spell as `#quot;`, `#lt;` or `#35;`.
  var withoutMermaidEscapes: String {
    guard contains("#") else { return self }
    var result = ""
    var rest = self[...]
    while let start = rest.firstIndex(of: "#") {
      result += rest[..<start]
      let tail = rest[rest.index(after: start)...]
      let name = tail.prefix { $0.isLetter || $0.isNumber }
      let names = ["quot": "\"", "lt": "<", "gt": ">", "amp": "&", "apos": "'", "nbsp": " "]
      let sign = names[String(name)] ?? UInt32(name).flatMap(Unicode.Scalar.init).map { String($0) }
      if let sign, tail[name.endIndex...].first == ";" {
        result += sign
        rest = tail[name.endIndex...].dropFirst()
      } else {
        result += "#"
        rest = tail
      }
    }
    return result + rest
  }
}
