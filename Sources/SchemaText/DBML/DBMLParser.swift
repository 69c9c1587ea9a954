import SchemaModel

/// Reads a DBML text (the grammar of DBML 9): what it understands becomes a document, the rest findings.
package struct DBMLParser {
  private let tokens: [DBMLToken]
  private var index = 0
  var document = DBMLDocument()
  /// Of the tables that were read.
  var names: Set<ObjectName> = []
  private(set) var findings: [TextFinding] = []

  /// What the text says, and what of it was not understood or not kept, by position; never fails.
  package static func read(_ text: String) -> (document: DBMLDocument, findings: [TextFinding]) {
    let tokenizer = DBMLTokenizer(text)
    var parser = DBMLParser(tokenizer.tokens)
    parser.findings = tokenizer.findings
    parser.readElements()
    return (parser.document, parser.findings.sorted { $0.position < $1.position })
  }

  private init(_ tokens: [DBMLToken]) { self.tokens = tokens }

  /// The keywords that an element may begin with.
  private static let elements = [
    "project", "table", "tablepartial", "enum", "ref", "tablegroup", "note", "diagramview", "records",
    "metadata", "use", "reuse", "dep", "policy", "function", "trigger",
  ]

  private mutating func readElements() {
    while current.kind != .end {
      let start = current
      guard start.kind == .word else {
        find("\(start.words) begins no element", at: start)
        skipStatement()
        continue
      }
      advance()
      switch start.text.lowercased() {
      case "project": readProject()
      case "table": readTable(from: start)
      case "tablepartial": readPartial(from: start)
      case "enum": readEnum(from: start)
      case "ref": readReferences(from: start)
      case "tablegroup": readGroup()
      case "note": readStickyNote()
      case "diagramview": readView()
      case "records": readRecords(of: nil, from: start)
      case "metadata": readMetadata(from: start)
      case "use", "reuse": readImport(from: start)
      // How data flows between tables, which is nothing of the structure.
      case "dep": skipStatement()
      case "policy", "function", "trigger":
        find("a \(start.text.lowercased()) in DBML is not compared; it is passed over", at: start)
        skipStatement()
      case let word:
        let near = NearestSpelling.of(word, among: Self.elements)
        find(
          "there is no element '\(start.text)'; it is passed over", at: start,
          hint: near.map { "Write \($0) if that is meant." })
        skipStatement()
      }
    }
  }

  // MARK: What every element is read with

  var current: DBMLToken { tokens[index] }

  var next: DBMLToken { index + 1 < tokens.count ? tokens[index + 1] : current }

  /// The token that far ahead, or the end.
  func ahead(_ distance: Int) -> DBMLToken { tokens[min(index + distance, tokens.count - 1)] }

  @discardableResult
  mutating func advance() -> DBMLToken {
    let token = current
    if index + 1 < tokens.count { index += 1 }
    return token
  }

  /// Tells of something that may be of the structure and is not read.
  mutating func find(_ message: String, at token: DBMLToken, hint: String? = nil) {
    findings.append(TextFinding(message, at: token.position, hint: hint, isLoss: true))
  }

  /// Tells of something that changes nothing of the structure, or is read in spite of what is told.
  mutating func find(_ message: String, at position: TextPosition) {
    findings.append(TextFinding(message, at: position))
  }

  /// Steps over that sign if it comes next.
  mutating func take(_ sign: String) -> Bool {
    guard current.isSign(sign) else { return false }
    advance()
    return true
  }

  /// Steps over the sign, or tells that it is missing.
  mutating func expect(_ sign: String, _ place: String) -> Bool {
    if take(sign) { return true }
    find("'\(sign)' is expected \(place), not \(current.words)", at: current)
    return false
  }

  /// Steps to the next line, over everything in brackets; always makes progress, and stops before a `}`.
  mutating func skipLine() {
    var depth = 0
    repeat {
      let token = current
      if token.kind == .end { return }
      if depth == 0, token.isSign("}") { return }
      if ["{", "[", "("].contains(where: token.isSign) { depth += 1 }
      if ["}", "]", ")"].contains(where: token.isSign) { depth = max(0, depth - 1) }
      advance()
    } while depth > 0 || !current.startsLine
  }

  /// Steps over a whole element of the top level.
  mutating func skipStatement() {
    skipLine()
    // A brace on a line of its own still belongs to what was passed over.
    while take("}") {}
    if current.isSign("{") { skipLine() }
  }

  /// Reads what stands between braces; the body has to make progress.
  mutating func readBlock(_ place: String, _ body: (inout DBMLParser) -> Void) {
    let opening = current
    guard expect("{", place) else {
      skipStatement()
      return
    }
    while !current.isSign("}") {
      if current.kind == .end {
        find("the brace that opens here is not closed", at: opening)
        return
      }
      let before = index
      body(&self)
      if index == before { advance() }
    }
    advance()
  }

  /// A name of one part.
  mutating func readName(_ place: String) -> String? {
    guard current.isName else {
      find("a name is expected \(place), not \(current.words)", at: current)
      return nil
    }
    return advance().text
  }

  /// A name of several parts, with points between them.
  mutating func readPath(_ place: String) -> [String]? {
    guard let first = readName(place) else { return nil }
    var parts = [first]
    while current.isSign("."), next.isName {
      advance()
      parts.append(advance().text)
    }
    return parts
  }

  /// The name of a table or type, with its schema or without.
  mutating func readObjectName(_ place: String) -> ObjectName? {
    readPath(place).map(Self.objectName)
  }

  /// Of more than two parts the last two count: the others name a database.
  static func objectName(_ path: [String]) -> ObjectName {
    ObjectName(schema: path.dropLast().last, path.last ?? "")
  }

  /// A note after the word `note`: `: 'text'` or `{ 'text' }`.
  mutating func readNote() -> String? {
    if take(":") {
      guard current.kind == .string else {
        find("a note is a text in quotation marks, not \(current.words)", at: current.position)
        skipLine()
        return nil
      }
      return advance().text
    }
    var note: String?
    readBlock("after the word note") { parser in
      if parser.current.kind == .string {
        note = parser.advance().text
      } else {
        parser.find(
          "a note is a text in quotation marks, not \(parser.current.words)", at: parser.current.position)
        parser.skipLine()
      }
    }
    return note
  }
}
