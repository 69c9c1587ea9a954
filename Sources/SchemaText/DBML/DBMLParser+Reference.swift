import SchemaModel

extension DBMLParser {
  /// A `Ref`, after the word: short with a colon, or long with braces; a name may stand before either.
  mutating func readReferences(from start: DBMLToken) {
    var name: String?
    if current.isName {
      // A relation's name may have its schema before it; only the name itself counts.
      name = readPath("after the word Ref")?.last
    }
    let headSettings = readSettings()
    if take(":") {
      if let reference = readReference(named: name) {
        document.references.append(reference)
      } else {
        skipLine()
      }
      return
    }
    guard current.isSign("{") else {
      find("':' or '{' is expected after the word Ref, not \(current.words)", at: current)
      return skipStatement()
    }
    var references: [DBMLReference] = []
    readBlock("after the word Ref") { parser in
      if let reference = parser.readReference(named: name) {
        references.append(reference)
      } else {
        parser.skipLine()
      }
    }
    for setting in headSettings {
      for position in references.indices { apply(setting, to: &references[position]) }
    }
    if references.isEmpty { find("this Ref relates nothing", at: start) }
    document.references += references
  }

  private mutating func readReference(named name: String?) -> DBMLReference? {
    let start = current
    guard var left = readEnd() else { return nil }
    guard let sign = readMultiplicity() else {
      find("one of < > - <> is expected between the ends of a relation, not \(current.words)", at: current)
      return nil
    }
    guard var right = readEnd() else { return nil }
    left.isOptional = sign.isLeftOptional
    right.isOptional = sign.isRightOptional
    if left.columns.count != right.columns.count {
      find(
        "the ends of the relation have \(left.columns.count) and \(right.columns.count) columns", at: start)
      return nil
    }
    var reference = DBMLReference(
      name: name, left: left, right: right, multiplicity: sign.multiplicity, position: start.position)
    for setting in readSettings() { apply(setting, to: &reference) }
    return reference
  }

  /// `schema.table.column` or `schema.table.(a, b)`.
  private mutating func readEnd() -> DBMLReference.End? {
    guard var path = readPath("as an end of a relation") else { return nil }
    if current.isSign("."), next.isSign("(") {
      advance()
      let opening = advance()
      var columns: [String] = []
      while !current.isSign(")") {
        if take(",") { continue }
        guard let column = readName("among the columns of a relation") else { return nil }
        columns.append(column)
      }
      advance()
      if columns.isEmpty {
        find("no column stands between these parentheses", at: opening)
        return nil
      }
      return DBMLReference.End(table: Self.objectName(path), columns: columns)
    }
    guard path.count > 1, let column = path.popLast() else {
      find("an end of a relation is table.column, not '\(path.joined())'", at: current)
      return nil
    }
    return DBMLReference.End(table: Self.objectName(path), columns: [column])
  }

  private typealias Sign = (
    multiplicity: DBMLReference.Multiplicity, isLeftOptional: Bool, isRightOptional: Bool
  )

  private mutating func readMultiplicity() -> Sign? {
    guard let sign = Self.sign([current]) else { return nil }
    advance()
    return sign
  }

  private static func sign(_ tokens: [DBMLToken]) -> Sign? {
    guard let token = tokens.first, token.kind == .sign else { return nil }
    var text = token.text[...]
    let isLeftOptional = text.hasPrefix("?")
    if isLeftOptional { text.removeFirst() }
    let isRightOptional = text.hasSuffix("?")
    if isRightOptional { text.removeLast() }
    switch text {
    case ">": return (.manyToOne, isLeftOptional, isRightOptional)
    case "<": return (.oneToMany, isLeftOptional, isRightOptional)
    case "-": return (.oneToOne, isLeftOptional, isRightOptional)
    case "<>": return (.manyToMany, isLeftOptional, isRightOptional)
    case _: return nil
    }
  }

  /// The relation in a column's setting `ref: > users.id`.
  mutating func inlineReference(in setting: DBMLSetting, from own: DBMLReference.End) -> DBMLReference? {
    guard let sign = Self.sign(setting.value) else {
      find("one of < > - <> is expected behind ref:", at: setting.position)
      return nil
    }
    let rest = setting.value.dropFirst()
    let isPath = rest.enumerated().allSatisfy { place, token in
      place.isMultiple(of: 2) ? token.isName : token.isSign(".")
    }
    let path = rest.filter { $0.isName }.map(\.text)
    guard isPath, path.count > 1, !rest.count.isMultiple(of: 2), let column = path.last else {
      find("table.column is expected behind the sign of ref:", at: setting.position)
      return nil
    }
    var left = own
    left.isOptional = sign.isLeftOptional
    let right = DBMLReference.End(
      table: Self.objectName(path.dropLast()), columns: [column], isOptional: sign.isRightOptional)
    return DBMLReference(
      name: nil, left: left, right: right, multiplicity: sign.multiplicity, isInline: true,
      position: setting.position)
  }

  private mutating func apply(_ setting: DBMLSetting, to reference: inout DBMLReference) {
    switch setting.name {
    case "delete", "update":
      guard let action = ForeignKey.Action(rawValue: setting.words) else {
        find("'\(setting.words)' is no action of a foreign key", at: setting.position)
        return
      }
      if setting.name == "delete" { reference.onDelete = action } else { reference.onUpdate = action }
    case "color": break
    case "inactive": reference.isInactive = setting.words != "false"
    case _: findUnknown(setting, of: "a relation", known: ["delete", "update", "color", "inactive"])
    }
  }
}
