import SchemaModel

/// Reads a column of `CREATE TABLE`: name, type, and the constraints written with it.
struct SQLiteColumnParser {
  private var cursor: SQLiteTokenCursor
  private var column = Column(named: "")
  /// The name that `CONSTRAINT` gave to the clause that follows.
  private var pendingName: String?

  private init(_ cursor: SQLiteTokenCursor) { self.cursor = cursor }

  /// Adds the column and its constraints to the table.
  static func read(_ member: SQLiteMember, into table: inout SQLiteTableText) {
    var parser = SQLiteColumnParser(member.cursor)
    guard let name = parser.cursor.takeName() else {
      return table.findings.append(parser.cursor.finding(expecting: "a column's name"))
    }
    parser.column.name = name
    parser.column.comment = member.comment
    parser.column.type = parser.type()
    while !parser.cursor.isAtEnd {
      guard parser.readClause(into: &table) else {
        table.findings.append(parser.cursor.finding(expecting: "a constraint of column \(name)"))
        break
      }
    }
    parser.dropName(into: &table)
    table.columns.append(parser.column)
  }

  private static let clauseStarts: Set<String> = [
    "as", "check", "collate", "constraint", "default", "not", "null", "primary", "references", "unique",
  ]

  private mutating func type() -> String {
    let start = cursor.rest
    while let token = cursor.next, token.name != nil, !Self.clauseStarts.contains(token.keyword),
      !cursor.isAt("generated", "always")
    {
      _ = cursor.take()
    }
    if cursor.rest.startIndex > start.startIndex { _ = cursor.takeGroup() }
    let tokens = start[..<cursor.rest.startIndex]
    if tokens.count == 1, let name = tokens.first?.name { return SQLiteCanonicalText.ofType(name) }
    return SQLiteCanonicalText.ofType(tokens.map(\.text).joined(separator: " "))
  }

  /// Reads one clause; `false` when none begins here.
  private mutating func readClause(into table: inout SQLiteTableText) -> Bool {
    if cursor.accept("constraint") {
      dropName(into: &table)
      pendingName = cursor.takeName()
      return pendingName != nil
    }
    if cursor.accept("primary", "key") {
      readPrimaryKey(into: &table)
    } else if cursor.accept("unique") {
      var key = KeyConstraint(given: takeName(), columns: [column.name])
      key.conflictAction = cursor.takeConflictAction()
      table.uniqueConstraints.append(key)
    } else if cursor.isAt("check"), cursor.token(1)?.isSymbol("(") == true {
      _ = cursor.take()
      table.checks.append(CheckConstraint(given: takeName(), cursor.takeGroup()))
    } else if cursor.accept("references") {
      guard let key = cursor.takeReference(from: [column.name], named: takeName()) else { return false }
      table.foreignKeys.append(key)
    } else if let deferrability = cursor.takeDeferrability() {
      guard !table.foreignKeys.isEmpty else { return false }
      table.foreignKeys[table.foreignKeys.count - 1].deferrability = deferrability
    } else {
      return readFact(into: &table)
    }
    return true
  }

  private mutating func readPrimaryKey(into table: inout SQLiteTableText) {
    var key = KeyConstraint(given: takeName(), columns: [column.name])
    key.isPrimary = true
    if !cursor.accept("asc"), cursor.accept("desc") {
      key.sortedKeys = [IndexKey(descending: IndexKey(.column(column.name)))]
    }
    key.conflictAction = cursor.takeConflictAction()
    key.isAutoincrement = cursor.accept("autoincrement")
    table.primaryKey = key
  }

  /// Reads a clause that is a fact of the column and keeps no name.
  private mutating func readFact(into table: inout SQLiteTableText) -> Bool {
    if cursor.accept("not", "null") {
      column.isNotNull = true
      column.notNull.conflictAction = cursor.takeConflictAction()
    } else if cursor.accept("null") {
      _ = cursor.takeConflictAction()
    } else if cursor.accept("default") {
      guard let value = takeDefault() else { return false }
      // What a column without a default has as well.
      column.value = value == "NULL" ? .none : .default(value)
    } else if cursor.accept("collate") {
      guard let name = cursor.takeName() else { return false }
      column.collation = SQLiteCollation.canonical(name)
    } else if cursor.accept("generated", "always", "as") || cursor.accept("as") {
      guard let expression = cursor.takeGroup()?.expression else { return false }
      column.value = .generated(expression, isStored: cursor.accept("stored"))
      _ = cursor.accept("virtual")
    } else {
      return false
    }
    dropName(into: &table)
    return true
  }

  private mutating func takeDefault() -> String? {
    if cursor.isAtSymbol("(") { return cursor.takeGroup()?.expression }
    let start = cursor.rest
    if !cursor.acceptSymbol("-") { _ = cursor.acceptSymbol("+") }
    let isSigned = cursor.rest.startIndex > start.startIndex
    guard let value = cursor.take(), value.kind != .symbol else { return nil }
    let text = SQLiteCanonicalText.text(start[..<cursor.rest.startIndex])
    guard !isSigned else { return text }
    switch value.kind {
    // A bare name is a string for SQLite, but for the words it knows.
    case .word: return Self.literalWords.contains(value.keyword) ? text : SQLiteQuotes.literal(text)
    case .quotedName: return value.name.map(SQLiteQuotes.literal)
    case .string, .blob, .number, .variable, .symbol, .unknown, .end: return text
    }
  }

  private static let literalWords: Set<String> = [
    "current_date", "current_time", "current_timestamp", "false", "null", "true",
  ]

  private mutating func takeName() -> String? {
    defer { pendingName = nil }
    return pendingName
  }

  private mutating func dropName(into table: inout SQLiteTableText) {
    guard let name = takeName() else { return }
    table.unmodelled.append(.clauseName(name, column: column.name))
  }
}
