import SchemaModel

/// What a `CREATE VIRTUAL TABLE` text says, as far as it was understood.
package struct SQLiteVirtualTableText: Hashable, Sendable {
  package private(set) var table = VirtualTable(named: ObjectName(""))
  /// What was not understood.
  package private(set) var findings: [SQLiteFinding] = []

  /// Reads the text as `sqlite_schema.sql` holds it; never fails.
  package init(parsing sql: String) {
    var cursor = SQLiteTokenCursor(parsing: sql)
    findings = cursor.unknown
    read(&cursor)
  }

  private mutating func read(_ cursor: inout SQLiteTokenCursor) {
    guard cursor.accept("create", "virtual", "table") else {
      return findings.append(cursor.finding(expecting: "CREATE VIRTUAL TABLE"))
    }
    _ = cursor.accept("if", "not", "exists")
    guard let name = cursor.takeQualifiedName() else {
      return findings.append(cursor.finding(expecting: "a virtual table's name"))
    }
    table.name = ObjectName(name)
    guard cursor.accept("using"), let module = cursor.takeName() else {
      return findings.append(cursor.finding(expecting: "USING and a module"))
    }
    table.module = SQLiteName.folded(module)
    if let group = cursor.takeGroup() { table.arguments = Self.arguments(of: group) }
    _ = cursor.acceptSymbol(";")
    if !cursor.isAtEnd { findings.append(cursor.finding(expecting: "nothing more")) }
  }

  /// An argument in one form: FTS4 takes no space around an equals sign, the others do without one.
  private static func text(_ tokens: ArraySlice<SQLiteToken>) -> String {
    tokens.split(omittingEmptySubsequences: false) { $0.isSymbol("=") }.map(SQLiteCanonicalText.asWritten)
      .joined(separator: "=")
  }

  /// The texts between the commas that stand in no parentheses of their own.
  private static func arguments(of group: SQLiteTokenGroup) -> [String] {
    var parts: [ArraySlice<SQLiteToken>] = []
    var depth = 0
    var start = group.tokens.startIndex
    for index in group.tokens.indices {
      if group.tokens[index].isSymbol("(") { depth += 1 }
      if group.tokens[index].isSymbol(")") { depth -= 1 }
      if depth == 0 && group.tokens[index].isSymbol(",") {
        parts.append(group.tokens[start..<index])
        start = group.tokens.index(after: index)
      }
    }
    parts.append(group.tokens[start...])
    return parts.map(text).filter { !$0.isEmpty }
  }
}
