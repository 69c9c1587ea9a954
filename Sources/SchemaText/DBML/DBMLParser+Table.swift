import SchemaModel

extension DBMLParser {
  /// A `Table`, after the word.
  mutating func readTable(from start: DBMLToken) {
    guard let name = readObjectName("after the word Table") else { return skipStatement() }
    var table = DBMLTable(name, at: start.position)
    if current.isWord("as") {
      advance()
      table.alias = readName("after the word as")
    }
    readBody(of: &table)
    if !names.insert(name).inserted {
      find("the table \(name) stands here a second time; the first counts", at: start.position)
    } else {
      document.tables.append(table)
    }
  }

  /// A `TablePartial`, after the word.
  mutating func readPartial(from start: DBMLToken) {
    guard let name = readName("after the word TablePartial") else { return skipStatement() }
    var partial = DBMLTable(ObjectName(name), at: start.position)
    readBody(of: &partial)
    document.partials.append(partial)
  }

  private mutating func readBody(of table: inout DBMLTable) {
    for setting in readSettings() {
      switch setting.name {
      case "note": table.note = text(of: setting) ?? table.note
      // How data flows into the table.
      case "dep": break
      case _ where metadata(in: setting) != nil:
        if let entry = metadata(in: setting) { table.metadata[entry.key] = entry.value }
      case _: findUnknown(setting, of: "a table", known: ["note", "headercolor"])
      }
    }
    var body = table
    readBlock("before the columns of \(table.name)") { $0.readMember(of: &body) }
    table = body
  }

  /// One line of a table: a column, or a block that is none.
  private mutating func readMember(of table: inout DBMLTable) {
    let start = current
    if take("~") {
      guard let partial = readName("after ~") else { return skipLine() }
      table.injections.append(
        DBMLInjection(partial: partial, columnCountBefore: table.columns.count, position: start.position))
      return
    }
    // A column may be called note, indexes or checks: then a type follows on the same line.
    let opensBlock = next.isSign("{")
    if start.isWord("note"), opensBlock || next.isSign(":") {
      advance()
      table.note = readNote() ?? table.note
    } else if start.isWord("indexes"), opensBlock {
      advance()
      var indexes: [DBMLIndex] = []
      readBlock("after the word indexes") { parser in
        if let index = parser.readIndex() { indexes.append(index) }
      }
      table.indexes += indexes
    } else if start.isWord("checks"), opensBlock {
      advance()
      var checks: [DBMLCheck] = []
      readBlock("after the word checks") { parser in
        if let check = parser.readCheck() { checks.append(check) }
      }
      table.checks += checks
    } else if start.isWord("records"), opensBlock || next.isSign("(") {
      advance()
      readRecords(of: table.name, from: start)
    } else if start.isName {
      readColumn(of: &table)
    } else {
      find("\(start.words) begins no column", at: start)
      skipLine()
    }
  }

  private mutating func readColumn(of table: inout DBMLTable) {
    let start = advance()
    guard !current.startsLine, let type = readType() else {
      find("the column \(start.text) has no type; it is passed over", at: start)
      if !current.startsLine { skipLine() }
      return
    }
    var column = DBMLColumn(start.text, type: type, at: start.position)
    // The first releases had `pk` and `unique` without brackets.
    while !current.startsLine, current.isWord("pk") || current.isWord("unique") {
      if advance().isWord("pk") { column.isPrimaryKey = true } else { column.isUnique = true }
    }
    for setting in readSettings() { apply(setting, to: &column, of: table.name) }
    if !current.startsLine, !current.isSign("}"), current.kind != .end {
      find("\(current.words) is not expected behind the column \(column.name)", at: current)
      skipLine()
    }
    if table.columns.contains(where: { $0.name == column.name }) {
      find("the column \(column.name) stands here a second time; the first counts", at: start)
    } else {
      table.columns.append(column)
    }
  }

  /// A type as written: a name, its arguments, its dimensions; `nil` when none stands here.
  mutating func readType() -> String? {
    guard current.isName, var path = readPath("as a type") else { return nil }
    var type = ""
    // A quoted name may hold arguments and spaces of its own: "timestamp(3) with time zone".
    while path.count > 1 { type += path.removeFirst() + "." }
    type += path[0]
    while current.isSign("("), !current.startsLine {
      type += "("
      advance()
      while !current.isSign(")") {
        if current.kind == .end || current.isSign("}") || current.isSign("{") {
          find("the arguments of the type \(path[0]) are not closed", at: current)
          return type + ")"
        }
        let token = advance()
        type += token.kind == .string ? "'\(token.text)'" : token.text
      }
      advance()
      type += ")"
    }
    while current.isSign("["), !current.isApart,
      next.isSign("]") || (next.text.allSatisfy(\.isNumber) && ahead(2).isSign("]"))
    {
      while !take("]") { advance() }
      type += "[]"
    }
    return type
  }

  private static let columnSettings = [
    "pk", "primary key", "not null", "null", "unique", "increment", "default", "check", "ref", "note",
  ]

  private mutating func apply(_ setting: DBMLSetting, to column: inout DBMLColumn, of table: ObjectName) {
    switch setting.name {
    case "pk", "primary key": column.isPrimaryKey = true
    case "not null", "null":
      let isNotNull = setting.name == "not null"
      if column.isNotNull == !isNotNull {
        find("the column \(column.name) is both null and not null", at: setting.position)
      }
      column.isNotNull = isNotNull
    case "unique": column.isUnique = true
    case "increment": column.isIncrement = true
    case "default": column.defaultValue = defaultValue(in: setting) ?? column.defaultValue
    case "note": column.note = text(of: setting) ?? column.note
    case "check":
      guard let token = setting.value.first, setting.value.count == 1, token.kind == .expression else {
        find("a check is an expression between backticks", at: setting.position)
        return
      }
      column.checks.append(DBMLCheck(expression: token.text, name: nil, position: setting.position))
    case "ref":
      let own = DBMLReference.End(table: table, columns: [column.name])
      if let reference = inlineReference(in: setting, from: own) { column.references.append(reference) }
    case _:
      guard let entry = metadata(in: setting) else {
        return findUnknown(setting, of: "a column", known: Self.columnSettings)
      }
      column.metadata[entry.key] = entry.value
    }
  }

  private mutating func defaultValue(in setting: DBMLSetting) -> DBMLDefault? {
    var tokens = setting.value
    var sign = ""
    while let first = tokens.first, first.isSign("-") || first.isSign("+") {
      if first.isSign("-") { sign = sign.isEmpty ? "-" : "" }
      tokens.removeFirst()
    }
    guard let first = tokens.first else { return nil }
    switch first.kind {
    case .expression where tokens.count == 1: return .expression(first.text)
    case .string where tokens.count == 1: return .string(first.text)
    case .word where tokens.count == 1:
      switch first.text.lowercased() {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      case "null": return .null
      case let word where word.first.map { $0.isNumber } ?? false: return .number(sign + word)
      case _: break
      }
    case .word, .quotedName, .string, .expression, .color, .sign, .end: break
    }
    // A value of an enum, by its whole name: schema.type.value.
    let isPath = tokens.enumerated().allSatisfy { place, token in
      place.isMultiple(of: 2) ? token.isName : token.isSign(".")
    }
    if isPath, tokens.count.isMultiple(of: 2) == false, let last = tokens.last {
      if tokens.count == 1, last.kind == .quotedName { return .string(last.text) }
      if tokens.count > 1 { return .enumValue(last.text) }
    }
    find(
      "a default is a number, a text, an expression between backticks, true, false or null",
      at: setting.position)
    return nil
  }

  private mutating func readIndex() -> DBMLIndex? {
    let start = current
    var keys: [IndexKey.Subject] = []
    if take("(") {
      while !current.isSign(")") {
        if take(",") { continue }
        guard let key = readIndexKey() else {
          find("an index is over columns and expressions, not \(current.words)", at: current)
          skipLine()
          return nil
        }
        keys.append(key)
      }
      advance()
    } else if let key = readIndexKey() {
      keys.append(key)
    }
    guard !keys.isEmpty else {
      find("an index is over columns and expressions, not \(start.words)", at: start)
      skipLine()
      return nil
    }
    var index = DBMLIndex(keys, at: start.position)
    for setting in readSettings() {
      switch setting.name {
      case "pk", "primary key": index.isPrimaryKey = true
      case "unique": index.isUnique = true
      case "name": index.name = text(of: setting) ?? index.name
      case "note": index.note = text(of: setting) ?? index.note
      case "type": index.method = text(of: setting)?.lowercased() ?? index.method
      case _: findUnknown(setting, of: "an index", known: ["pk", "unique", "name", "note", "type"])
      }
    }
    return index
  }

  private mutating func readIndexKey() -> IndexKey.Subject? {
    if current.kind == .expression { return .expression(advance().text) }
    return current.isName ? .column(advance().text) : nil
  }

  private mutating func readCheck() -> DBMLCheck? {
    let start = current
    guard start.kind == .expression else {
      find("a check is an expression between backticks, not \(start.words)", at: start)
      skipLine()
      return nil
    }
    advance()
    var check = DBMLCheck(expression: start.text, name: nil, position: start.position)
    for setting in readSettings() {
      switch setting.name {
      case "name": check.name = text(of: setting) ?? check.name
      case _: findUnknown(setting, of: "a check", known: ["name"])
      }
    }
    return check
  }
}
