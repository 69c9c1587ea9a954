import SchemaModel

/// Reads Mermaid's `erDiagram` (the grammar of Mermaid 11, and what later versions let through).
package struct ERDiagramReader {
  private var scanner: MermaidScanner
  private var diagram: ERDiagramText
  private var findings: [TextFinding] = []

  /// All diagrams of a text, read as one, and what was not understood, by position; never fails.
  ///
  /// - Parameter isMarkdown: whether the diagrams stand in fences of a page; otherwise the text is one diagram.
  package static func read(
    _ text: String, isMarkdown: Bool
  ) -> (diagram: ERDiagramText, findings: [TextFinding]) {
    let source = MermaidSource(text, isMarkdown: isMarkdown)
    var diagram = ERDiagramText()
    var findings = source.findings
    for body in source.bodies {
      var reader = ERDiagramReader(scanner: MermaidScanner(body), diagram: diagram)
      reader.diagram.relations = []
      guard reader.readHeading() else { continue }
      reader.diagram.diagramCount += 1
      reader.readStatements()
      // A line that two diagrams draw is one line; two equal lines of one diagram are two.
      let earlier = diagram.relations
      diagram = reader.diagram
      var known = Dictionary(grouping: earlier, by: \.meaning).mapValues(\.count)
      diagram.relations =
        earlier
        + reader.diagram.relations.filter { relation in
          guard let count = known[relation.meaning], count > 0 else { return true }
          known[relation.meaning] = count - 1
          return false
        }
      findings += reader.findings
    }
    return (diagram, findings.sorted { $0.position < $1.position })
  }

  private init(scanner: MermaidScanner, diagram: ERDiagramText) {
    self.scanner = scanner
    self.diagram = diagram
  }

  private mutating func find(_ message: String, at position: TextPosition, isLoss: Bool = true) {
    findings.append(TextFinding(message, at: position, isLoss: isLoss))
  }

  /// Front matter, comments and the word `erDiagram`; whether that was there.
  private mutating func readHeading() -> Bool {
    scanner.skipBlank()
    if scanner.take("---") {
      scanner.skipLine()
      while !scanner.isAtEnd {
        scanner.advance()
        let line = scanner.restOfLine()
        if line == "---" { break }
        if line.hasPrefix("title:") {
          diagram.title = String(line.dropFirst("title:".count)).trimmed.filter { $0 != "\"" }
        }
      }
      scanner.skipBlank()
    }
    return scanner.takeWord("erDiagram")
  }

  private mutating func readStatements() {
    while true {
      scanner.skipBlank()
      guard let scalar = scanner.current else { return }
      if scalar == ";" {
        scanner.advance()
      } else if !readKeyword() {
        readEntityOrRelation()
      }
    }
  }

  // MARK: What only looks

  /// A statement that begins with a word of its own; an entity may be called the same.
  private mutating func readKeyword() -> Bool {
    let start = scanner.offset
    for word in [
      "accTitle", "accDescr", "title", "direction", "classDef", "class", "style", "subgraph", "end",
    ]
    where scanner.takeWord(word) {
      scanner.skipSpaces()
      switch word {
      case "accTitle" where scanner.take(":"): diagram.title = scanner.restOfLine()
      case "accDescr" where scanner.take(":"): diagram.description = scanner.restOfLine()
      case "accDescr" where scanner.take("{"):
        let position = scanner.position
        diagram.description = scanner.take { $0 != "}" }.trimmed
        if !scanner.take("}") {
          find("the description that begins here has no end", at: position, isLoss: false)
        }
      case "title" where isFollowedByText: diagram.title = scanner.restOfLine()
      case "direction" where ["TB", "TD", "BT", "LR", "RL"].contains(where: scanner.isNext):
        scanner.skipLine()
      case "classDef" where isFollowedByText, "class" where isFollowedByText, "style" where isFollowedByText,
        "subgraph" where isFollowedByText:
        scanner.skipLine()
      case "end" where scanner.current == "\n" || scanner.isAtEnd: break
      case _:
        scanner.go(to: start)
        return false
      }
      return true
    }
    return false
  }

  /// Whether a word follows on this line, and no sign that only an entity has behind it.
  private var isFollowedByText: Bool {
    guard let scalar = scanner.current, scalar != "\n" else { return false }
    guard !["{", "[", "|", "}", ":"].contains(scalar) else { return false }
    var ahead = scanner
    return ahead.takeCardinality() == nil || !ahead.takesRelationType()
  }

  // MARK: Entities and relations

  private mutating func readEntityOrRelation() {
    let start = scanner.position
    guard let name = takeName() else {
      find("no entity or relation begins here", at: start)
      return scanner.skipLine()
    }
    var alias: String?
    scanner.skipSpaces()
    if scanner.current == "[" { alias = takeAlias() }
    takeClasses()
    if let atFirst = scanner.takeCardinality() {
      if alias != nil { enter(name, alias, start, []) }
      readRelation(from: name, atFirst, start)
    } else if scanner.take("{") {
      let attributes = readAttributes(of: name)
      enter(name, alias, start, attributes)
    } else if scanner.isAtEnd || scanner.current == "\n" || scanner.current == ";" {
      enter(name, alias, start, [])
    } else {
      find("'\(scanner.restOfLine())' is not understood behind '\(name)'; the line is passed over", at: start)
    }
  }

  private mutating func enter(
    _ name: String, _ alias: String?, _ position: TextPosition, _ attributes: [ERDiagramText.Attribute]
  ) {
    var repeated: [ERDiagramText.Attribute] = []
    diagram.entity(name, at: position) { entity in
      entity.alias = alias ?? entity.alias
      for attribute in attributes {
        guard let index = entity.attributes.firstIndex(where: { $0.name == attribute.name }) else {
          entity.attributes.append(attribute)
          continue
        }
        entity.attributes[index].marks.formUnion(attribute.marks)
        entity.attributes[index].comment = entity.attributes[index].comment ?? attribute.comment
        if entity.attributes[index].type != attribute.type { repeated.append(attribute) }
      }
    }
    for attribute in repeated {
      find(
        "\(name).\(attribute.name) stands here with another type; the first counts", at: attribute.position,
        isLoss: false)
    }
  }

  private mutating func readRelation(
    from first: String, _ atFirst: DrawnRelation.Cardinality, _ start: TextPosition
  ) {
    guard let isIdentifying = scanner.takeRelationType() else {
      find(
        "one of -- .. 'to' 'optionally to' is expected behind the cardinality at '\(first)'",
        at: scanner.position)
      return scanner.skipLine()
    }
    guard let atSecond = scanner.takeCardinality() else {
      find("a cardinality is expected before the second entity of the relation", at: scanner.position)
      return scanner.skipLine()
    }
    scanner.skipSpaces()
    guard let second = takeName() else {
      find("the relation from '\(first)' has no second entity", at: scanner.position)
      return scanner.skipLine()
    }
    scanner.skipSpaces()
    if scanner.current == "[", let alias = takeAlias() {
      diagram.entity(second, at: start) { $0.alias = alias }
    }
    takeClasses()
    var role = ""
    if scanner.take(":") {
      scanner.skipSpaces()
      let start = scanner.position
      if let quoted = scanner.takeQuoted() {
        role = quoted
      } else {
        if scanner.current == "\"" {
          find("the label that begins here is not closed", at: start, isLoss: false)
        }
        role = scanner.take { $0 != "\n" && $0 != ";" }.trimmed
      }
    }
    scanner.skipSpaces()
    if scanner.current != nil, scanner.current != "\n", scanner.current != ";" {
      find("'\(scanner.restOfLine())' is not understood behind the relation", at: scanner.position)
    }
    diagram.entity(first, at: start) { _ in }
    diagram.entity(second, at: start) { _ in }
    diagram.relations.append(
      ERDiagramText.Relation(
        first: first, second: second, atFirst: atFirst, atSecond: atSecond, isIdentifying: isIdentifying,
        role: role.withoutMermaidEscapes, position: start))
  }

  private mutating func takeName() -> String? {
    if let quoted = scanner.takeQuoted() ?? scanner.takeQuoted("`") { return quoted.isEmpty ? nil : quoted }
    let name = scanner.take(while: MermaidScanner.isNameScalar)
    return name.isEmpty ? nil : name
  }

  private mutating func takeAlias() -> String? {
    scanner.advance()
    scanner.skipSpaces()
    let text = scanner.takeQuoted() ?? scanner.take { $0 != "]" && $0 != "\n" }.trimmed
    scanner.skipSpaces()
    if !scanner.take("]") { find("the alias is not closed", at: scanner.position, isLoss: false) }
    scanner.skipSpaces()
    return text.isEmpty ? nil : text
  }

  /// `:::name`, which only colours.
  private mutating func takeClasses() {
    scanner.skipSpaces()
    guard scanner.take(":::") else { return }
    scanner.skipSpaces()
    _ = scanner.take { MermaidScanner.isNameScalar($0) || $0 == "," }
    scanner.skipSpaces()
  }

  // MARK: Attributes

  private mutating func readAttributes(of entity: String) -> [ERDiagramText.Attribute] {
    let opening = scanner.position
    var attributes: [ERDiagramText.Attribute] = []
    while true {
      scanner.skipBlank()
      if scanner.isAtEnd {
        find("the block of '\(entity)' has no end", at: opening)
        return attributes
      }
      if scanner.take("}") { return attributes }
      if let attribute = readAttribute(of: entity) { attributes.append(attribute) }
    }
  }

  private mutating func readAttribute(of entity: String) -> ERDiagramText.Attribute? {
    let start = scanner.position
    guard var type = takeAttributeWord(isType: true) else {
      find("no attribute of '\(entity)' begins here", at: start)
      scanner.advance()
      _ = scanner.take { $0 != "\n" && $0 != "}" }
      return nil
    }
    var isOptional = false
    if type.hasSuffix("?") {
      isOptional = true
      type.removeLast()
    } else if scanner.take("?") {
      isOptional = true
    }
    scanner.skipSpaces()
    guard var name = takeAttributeWord(isType: false) else {
      find("the attribute '\(type)' of '\(entity)' has a type or a name only", at: start)
      _ = scanner.take { $0 != "\n" && $0 != "}" }
      return nil
    }
    var marks: Set<Diagram.Mark> = []
    if name.hasPrefix("*"), name.count > 1 {
      name.removeFirst()
      marks.insert(.primaryKey)
    }
    scanner.skipSpaces()
    while let mark = Diagram.Mark.allCases.first(where: { scanner.takeWord($0.rawValue) }) {
      marks.insert(mark)
      scanner.skipSpaces()
      if scanner.take(",") { scanner.skipSpaces() }
    }
    var comment: String?
    let beforeComment = scanner.offset
    scanner.skipBlank()
    if scanner.current == "\"" {
      comment = scanner.takeQuoted()?.withoutMermaidEscapes
      if comment == nil {
        find("the comment that begins here is not closed", at: scanner.position, isLoss: false)
        scanner.skipLine()
      }
    } else {
      scanner.go(to: beforeComment)
    }
    // Our own writer keeps a name that Mermaid cannot read in the comment.
    if let called = comment?.split(separator: ";").first, called.hasPrefix("called ") {
      let real = String(called.dropFirst("called ".count))
      if MermaidText.attribute(real) == name { name = real }
    }
    return ERDiagramText.Attribute(
      type: type, name: name, marks: marks, comment: comment, isOptional: isOptional, position: start)
  }

  /// A type or a name: one word, with all that stands in its parentheses, or what stands between backticks.
  private mutating func takeAttributeWord(isType: Bool) -> String? {
    if let quoted = scanner.takeQuoted("`") { return quoted.isEmpty ? nil : quoted }
    if isType, let spaced = takeSpacedType() { return spaced }
    var depth = 0
    let word = scanner.take { scalar in
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      if scalar == "\n" || scalar == "\"" || scalar == "{" || scalar == "}" { return false }
      return isType && depth > 0 || !scalar.properties.isWhitespace
    }
    return word.isEmpty ? nil : word
  }

  /// PostgreSQL's types of several words, which Mermaid itself does not read.
  private mutating func takeSpacedType() -> String? {
    let start = scanner.offset
    for words in ["timestamp with", "timestamp without", "time with", "time without"]
    where scanner.takeWord("\(words) time zone") { return "\(words) time zone" }
    for words in ["character varying", "double precision", "bit varying"] where scanner.isNext(words) {
      scanner.advance(words.unicodeScalars.count)
      let arguments = scanner.current == "(" ? scanner.take { $0 != " " && $0 != "\n" } : ""
      scanner.skipSpaces()
      // Else these are a type and a name.
      guard scanner.current != "\n", scanner.current != "\"", scanner.current != "}", !isAtMark else {
        scanner.go(to: start)
        return nil
      }
      return words + arguments
    }
    return nil
  }

  private var isAtMark: Bool {
    var ahead = scanner
    return Diagram.Mark.allCases.contains { ahead.takeWord($0.rawValue) }
  }
}
