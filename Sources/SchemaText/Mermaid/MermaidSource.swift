/// The Mermaid diagrams in a text: the fences of a Markdown page, or the text itself.
struct MermaidSource {
  /// The characters of one diagram, each with its place in the whole text.
  struct Body {
    var scalars: [Unicode.Scalar] = []
    var positions: [TextPosition] = []

    mutating func add(_ line: Substring, number: Int, column: Int) {
      for (offset, scalar) in line.unicodeScalars.enumerated() {
        scalars.append(scalar)
        positions.append(TextPosition(line: number, column: column + offset))
      }
      scalars.append("\n")
      positions.append(TextPosition(line: number, column: column + line.unicodeScalars.count))
    }
  }

  private(set) var bodies: [Body] = []
  private(set) var findings: [TextFinding] = []

  /// - Parameter isMarkdown: whether diagrams stand in fences; otherwise the whole text is one.
  init(_ text: String, isMarkdown: Bool) {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    if isMarkdown { readFences(lines) } else { bodies = [Self.body(lines)] }
  }

  private static func body(_ lines: [Substring]) -> Body {
    var body = Body()
    for (index, line) in lines.enumerated() {
      body.add(index == 0 && line.first == "\u{FEFF}" ? line.dropFirst() : line, number: index + 1, column: 1)
    }
    return body
  }

  /// How a block of a page that holds a diagram ends.
  private enum End {
    /// A line of at least as many of these signs.
    case fence(Character, Int)
    /// A closing tag.
    case tag

    func isReached(by line: Substring) -> Bool {
      switch self {
      case .fence(let sign, let count):
        let signs = line.prefix { $0 == sign }.count
        return signs >= count && line.dropFirst(signs).allSatisfy(\.isWhitespace)
      case .tag: return line.hasPrefix("</")
      }
    }
  }

  private mutating func readFences(_ lines: [Substring]) {
    var body = Body()
    var end: End?
    var isMermaid = false
    var opening = TextPosition(line: 1, column: 1)
    for (index, line) in lines.enumerated() {
      // A diagram may stand in a list or in a quotation.
      let content = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      let column = line.unicodeScalars.count - content.unicodeScalars.count + 1
      if let reached = end {
        if reached.isReached(by: content) {
          if isMermaid { bodies.append(body) }
          end = nil
        } else if isMermaid {
          body.add(content, number: index + 1, column: column)
        }
        continue
      }
      guard let start = Self.start(content) else { continue }
      (end, isMermaid) = start
      body = Body()
      opening = TextPosition(line: index + 1, column: column)
    }
    if end != nil, isMermaid {
      findings.append(TextFinding("the diagram that begins here has no end", at: opening))
      bodies.append(body)
    }
  }

  /// What a line opens, and whether a Mermaid diagram is in it.
  private static func start(_ line: Substring) -> (End, Bool)? {
    if let sign = line.first, sign == "`" || sign == "~" || sign == ":" {
      let count = line.prefix { $0 == sign }.count
      guard count >= 3 else { return nil }
      let info = line.dropFirst(count).drop { " \t{.".contains($0) }
      let word = info.prefix { $0.isLetter }.lowercased()
      if sign == "`", info.contains("`") { return nil }
      // Azure's wikis fence diagrams with colons; any other block of colons is an ordinary part of the page.
      if sign == ":", word != "mermaid" { return nil }
      return (.fence(sign, count), word == "mermaid")
    }
    let opensTag = line.hasPrefix("<pre") || line.hasPrefix("<div")
    return opensTag && line.contains("mermaid") && line.hasSuffix(">") && !line.contains("</")
      ? (.tag, true) : nil
  }
}
