/// Cuts a DBML text into tokens; what it cannot read becomes a finding and is stepped over.
struct DBMLTokenizer {
  private let scalars: [Unicode.Scalar]
  private var offset = 0
  private var line = 1
  private var lineStart = 0
  private var startsLine = true
  private var isApart = true
  private(set) var tokens: [DBMLToken] = []
  private(set) var findings: [TextFinding] = []

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { offset = 1 }
    while offset < scalars.count { step() }
    tokens.append(token(.end, "", at: position))
  }

  private var position: TextPosition { TextPosition(line: line, column: offset - lineStart + 1) }

  private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    offset + distance < scalars.count ? scalars[offset + distance] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where offset < scalars.count {
      if scalars[offset] == "\n" || (scalars[offset] == "\r" && peek(1) != "\n") {
        line += 1
        lineStart = offset + 1
      }
      offset += 1
    }
  }

  private func token(_ kind: DBMLToken.Kind, _ text: String, at position: TextPosition) -> DBMLToken {
    DBMLToken(kind: kind, text: text, position: position, startsLine: startsLine, isApart: isApart)
  }

  private mutating func add(_ kind: DBMLToken.Kind, _ text: String, at position: TextPosition) {
    tokens.append(token(kind, text, at: position))
    startsLine = false
    isApart = false
  }

  private mutating func step() {
    let start = position
    guard let scalar = peek() else { return }
    switch scalar {
    case "\n", "\r":
      startsLine = true
      isApart = true
      advance()
    case _ where scalar.properties.isWhitespace || scalar == "\u{FEFF}":
      isApart = true
      advance()
    case "/" where peek(1) == "/": skipLine()
    case "/" where peek(1) == "*": skipComment(from: start)
    case "'":
      if peek(1) == "'", peek(2) == "'" {
        readLongString(from: start)
      } else {
        readShort("'", .string, from: start)
      }
    case "\"": readShort("\"", .quotedName, from: start)
    case "`": readExpression(from: start)
    case "#":
      advance()
      let name = readWord()
      add(.color, "#" + name, at: start)
    case "<", ">", "-", "?": readOperator(from: start)
    case _ where Self.isWordScalar(scalar):
      add(.word, readWord(), at: start)
    case _:
      advance()
      add(.sign, String(scalar), at: start)
    }
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "$" || scalar.value >= 0x80 && !scalar.properties.isWhitespace
      || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  /// A name or a number; a point belongs to it only inside a number.
  private mutating func readWord() -> String {
    var text = String.UnicodeScalarView()
    let isNumber = peek().map { ("0"..."9").contains($0) } ?? false
    while let scalar = peek() {
      if isNumber, scalar == ".", let next = peek(1), ("0"..."9").contains(next),
        text.allSatisfy({ ("0"..."9").contains($0) })
      {
        text.append(scalar)
        advance()
        continue
      }
      if isNumber, scalar == "-" || scalar == "+", text.last == "e" || text.last == "E", let next = peek(1),
        ("0"..."9").contains(next)
      {
        text.append(scalar)
        advance()
        continue
      }
      guard Self.isWordScalar(scalar) else { break }
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  /// The operators of relations, longest first; a minus before a number is a sign of its own.
  private static let operators = [
    "?<>?", "<>?", "?<>", "?<?", "?>?", "?-?", "<>", "?<", "?>", "?-", "<?", ">?", "-?",
  ]

  private mutating func readOperator(from start: TextPosition) {
    let found = Self.operators.first { text in
      text.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }
    let text = found ?? peek().map(String.init) ?? ""
    advance(text.unicodeScalars.count)
    add(.sign, text, at: start)
  }

  private mutating func skipLine() {
    while let scalar = peek(), scalar != "\n", scalar != "\r" { advance() }
  }

  private mutating func skipComment(from start: TextPosition) {
    isApart = true
    advance(2)
    while offset < scalars.count {
      if peek() == "*", peek(1) == "/" {
        advance(2)
        return
      }
      // A comment over several lines ends the line it stands behind.
      if peek() == "\n" { startsLine = true }
      advance()
    }
    findings.append(TextFinding("the comment that begins here has no end", at: start))
  }

  private mutating func readShort(_ quote: Unicode.Scalar, _ kind: DBMLToken.Kind, from start: TextPosition) {
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = peek(), scalar != "\n", scalar != "\r" {
      advance()
      if scalar == quote {
        add(kind, String(text), at: start)
        return
      }
      if scalar == "\\" { readEscape(into: &text) } else { text.append(scalar) }
    }
    findings.append(TextFinding("the text that begins here is not closed on its line", at: start))
    add(kind, String(text), at: start)
  }

  private mutating func readLongString(from start: TextPosition) {
    advance(3)
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      if scalar == "'", peek(1) == "'", peek(2) == "'" {
        advance(3)
        add(.string, Self.dedented(String(text)), at: start)
        return
      }
      advance()
      if scalar == "\\" { readEscape(into: &text) } else { text.append(scalar) }
    }
    findings.append(TextFinding("the text of several lines that begins here has no end", at: start))
    add(.string, Self.dedented(String(text)), at: start)
  }

  /// What follows a backslash; a backslash at the end of a line joins it with the next.
  private mutating func readEscape(into text: inout String.UnicodeScalarView) {
    guard let scalar = peek() else { return }
    advance()
    switch scalar {
    case "n": text.append("\n")
    case "t": text.append("\t")
    case "r": text.append("\r")
    case "\n": break
    case "\r": if peek() == "\n" { advance() }
    case "'", "\"", "`", "\\": text.append(scalar)
    case _: text.append(contentsOf: ["\\", scalar])
    }
  }

  private mutating func readExpression(from start: TextPosition) {
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      advance()
      if scalar == "`" {
        add(.expression, String(text), at: start)
        return
      }
      text.append(scalar)
    }
    findings.append(TextFinding("the expression that begins here has no end", at: start))
    add(.expression, String(text), at: start)
  }

  /// Without the indent that all lines share, and without empty lines at both ends.
  private static func dedented(_ text: String) -> String {
    var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    // The first line begins behind the quotation marks, so it has no indent to share.
    let indents = lines.dropFirst().filter { !isBlank($0) }.map { $0.prefix(while: \.isWhitespace).count }
    let indent = indents.min() ?? 0
    lines = lines.enumerated().map { $0.offset == 0 ? $0.element : $0.element.dropFirst(indent) }
    while let first = lines.first, isBlank(first) { lines.removeFirst() }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
