import SchemaModel

extension DBMLParser {
  /// A `Project`, after the word.
  mutating func readProject() {
    if current.isName { document.project = advance().text }
    readBlock("after the project's name") { parser in
      let key = parser.current
      guard key.isName else {
        parser.find("\(key.words) begins no setting of the project", at: key.position)
        return parser.skipLine()
      }
      parser.advance()
      if key.isWord("note") {
        parser.document.projectNote = parser.readNote() ?? parser.document.projectNote
        return
      }
      guard parser.expect(":", "after \(key.text)") else { return parser.skipLine() }
      guard parser.current.kind == .string || parser.current.isName, !parser.current.startsLine else {
        parser.find("the setting '\(key.text)' of the project has no value", at: key.position)
        return
      }
      let value = parser.advance().text
      if key.isWord("database_type") { parser.document.databaseType = value }
    }
  }

  /// An `Enum`, after the word.
  mutating func readEnum(from start: DBMLToken) {
    guard let name = readObjectName("after the word Enum") else { return skipStatement() }
    var type = DBMLEnum(name: name, labels: [], note: nil, position: start.position)
    for setting in readSettings() where setting.name != "note" {
      findUnknown(setting, of: "an enum", known: ["note"])
    }
    readBlock("before the values of \(name)") { parser in
      let token = parser.current
      if token.isWord("note"), parser.next.isSign(":") || parser.next.isSign("{") {
        parser.advance()
        type.note = parser.readNote() ?? type.note
        return
      }
      guard token.isName || token.kind == .string else {
        parser.find("\(token.words) is no value of an enum", at: token)
        return parser.skipLine()
      }
      parser.advance()
      for setting in parser.readSettings() where setting.name != "note" {
        parser.findUnknown(setting, of: "a value of an enum", known: ["note"])
      }
      if type.labels.contains(token.text) {
        parser.find("the value \(token.text) stands here a second time", at: token.position)
      } else {
        type.labels.append(token.text)
      }
    }
    if document.enums.contains(where: { $0.name == name }) {
      find("the enum \(name) stands here a second time; the first counts", at: start)
    } else {
      document.enums.append(type)
    }
  }

  /// A `TableGroup`, after the word.
  mutating func readGroup() {
    guard let path = readPath("after the word TableGroup") else { return skipStatement() }
    var group = DBMLGroup(name: path.joined(separator: "."))
    for setting in readSettings() {
      switch setting.name {
      case "note": group.note = text(of: setting)
      case "color": break
      case _ where metadata(in: setting) != nil: break
      case _: findUnknown(setting, of: "a table group", known: ["note", "color"])
      }
    }
    readBlock("after the name of the table group") { parser in
      if parser.current.isWord("note"), parser.next.isSign(":") || parser.next.isSign("{") {
        parser.advance()
        group.note = parser.readNote() ?? group.note
      } else if let table = parser.readObjectName("in a table group") {
        group.tables.append(table)
      } else {
        parser.skipLine()
      }
    }
    document.groups.append(group)
  }

  /// A note that sticks to the diagram, after the word `Note`; nothing of the structure.
  mutating func readStickyNote() {
    if current.isSign(":") || current.isSign("{") {
      // A note of the whole text.
      document.projectNote = readNote() ?? document.projectNote
      return
    }
    guard let name = readName("after the word Note") else { return skipStatement() }
    for setting in readSettings() where setting.name != "color" && metadata(in: setting) == nil {
      findUnknown(setting, of: "a note", known: ["color"])
    }
    document.stickyNotes[name] = readNote() ?? ""
  }

  /// A `DiagramView`, after the word: what a drawing shows, nothing of the structure.
  mutating func readView() {
    guard let path = readPath("after the word DiagramView") else { return skipStatement() }
    document.views.append(path.joined(separator: "."))
    _ = readSettings()
    guard current.isSign("{") else {
      find("'{' is expected after the name of the view, not \(current.words)", at: current.position)
      return skipStatement()
    }
    readIgnoredBlock()
  }

  /// Steps over a block whose inside has no meaning here.
  private mutating func readIgnoredBlock() {
    let opening = advance()
    var depth = 1
    while depth > 0 {
      if current.kind == .end {
        find("the brace that opens here is not closed", at: opening)
        return
      }
      let token = advance()
      if token.isSign("{") { depth += 1 }
      if token.isSign("}") { depth -= 1 }
    }
  }

  /// `Metadata Table name { key: 'value' }`, after the first word: the user's own settings.
  mutating func readMetadata(from start: DBMLToken) {
    guard current.kind == .word, !current.startsLine else {
      find("Table, Column, TableGroup or Note is expected after the word Metadata", at: start.position)
      return skipStatement()
    }
    let kind = advance()
    if !["table", "column", "tablegroup", "note"].contains(where: kind.isWord) {
      find("there is no metadata of \(kind.words)", at: kind.position)
    }
    guard let path = readPath("after Metadata \(kind.text)") else { return skipStatement() }
    var entries: [String: String] = [:]
    readBlock("after Metadata \(kind.text)") { parser in
      let key = parser.current
      guard key.isName else {
        parser.find("\(key.words) begins no entry of the metadata", at: key.position)
        return parser.skipLine()
      }
      parser.advance()
      guard parser.expect(":", "after \(key.text)") else { return parser.skipLine() }
      guard [.string, .color, .word, .quotedName].contains(parser.current.kind) else {
        parser.find("the entry '\(key.text)' has no value", at: key)
        return
      }
      entries[key.text] = parser.advance().text
    }
    if kind.isWord("table") {
      for position in document.tables.indices where document.tables[position].name == Self.objectName(path) {
        document.tables[position].metadata.merge(entries) { $1 }
      }
    } else if kind.isWord("column"), path.count > 1, let column = path.last {
      let table = Self.objectName(path.dropLast())
      for position in document.tables.indices where document.tables[position].name == table {
        for place in document.tables[position].columns.indices
        where document.tables[position].columns[place].name == column {
          document.tables[position].columns[place].metadata.merge(entries) { $1 }
        }
      }
    }
  }

  /// `use ... from 'file'` or `reuse ... from 'file'`, after the first word.
  mutating func readImport(from start: DBMLToken) {
    while current.kind != .end, !current.isWord("from") {
      if current.isSign("{") { readIgnoredBlock() } else { advance() }
      if current.startsLine, !current.isSign("{"), !current.isWord("from") { break }
    }
    guard current.isWord("from") else {
      find("the word from is expected after \(start.text)", at: start)
      return
    }
    advance()
    guard current.kind == .string else {
      find("the path of a file is expected after the word from, not \(current.words)", at: current)
      return skipLine()
    }
    document.imports.append(DBMLImport(path: advance().text, position: start.position))
  }

  /// `records` of rows: data, so only its shape is looked at.
  ///
  /// - Parameter table: the table it stands in; `nil` at the top level, where its name follows.
  mutating func readRecords(of table: ObjectName?, from start: DBMLToken) {
    let owner: ObjectName
    if let table {
      owner = table
    } else {
      guard let name = readObjectName("after the word records") else { return skipStatement() }
      owner = name
    }
    var columnCount: Int?
    if take("(") {
      var count = 0
      while !current.isSign(")") {
        if take(",") { continue }
        guard readName("among the columns of records") != nil else { return skipStatement() }
        count += 1
      }
      advance()
      columnCount = count
    }
    guard current.isSign("{") else {
      find("'{' is expected before the rows of \(owner), not \(current.words)", at: current.position)
      return skipStatement()
    }
    if document.recordedTables.contains(owner) {
      find("rows of \(owner) are given a second time", at: start.position)
    }
    document.recordedTables.append(owner)
    readBlock("before the rows of \(owner)") { parser in
      let first = parser.current
      var values = 1
      repeat {
        if parser.advance().isSign(",") { values += 1 }
      } while !parser.current.startsLine && !parser.current.isSign("}") && parser.current.kind != .end
      if let columnCount, values != columnCount {
        parser.find("the row has \(values) values for \(columnCount) columns", at: first.position)
      }
    }
  }
}
