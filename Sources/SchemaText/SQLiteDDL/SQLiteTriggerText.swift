import SchemaModel

/// What a `CREATE TRIGGER` text says, as far as it was understood.
package struct SQLiteTriggerText: Hashable, Sendable {
  package var trigger = Trigger(named: "")
  /// What was not understood.
  package var findings: [SQLiteFinding] = []

  /// Reads the text as `sqlite_schema.sql` holds it, or as people write it; never fails.
  package init(parsing sql: String) {
    var cursor = SQLiteTokenCursor(parsing: sql)
    findings = cursor.unknown
    trigger.isForEachRow = true
    read(&cursor)
  }

  private mutating func read(_ cursor: inout SQLiteTokenCursor) {
    _ = cursor.accept("create")
    _ = cursor.accept("temp") || cursor.accept("temporary")
    guard cursor.accept("trigger") else {
      return findings.append(cursor.finding(expecting: "CREATE TRIGGER"))
    }
    _ = cursor.accept("if", "not", "exists")
    guard let name = cursor.takeQualifiedName() else {
      return findings.append(cursor.finding(expecting: "a trigger's name"))
    }
    trigger.name = name
    trigger.comment = Comment(cursor.next?.comments ?? [])
    trigger.timing = Self.takeTiming(&cursor)
    guard let event = Self.takeEvent(&cursor) else {
      return findings.append(cursor.finding(expecting: "INSERT, UPDATE or DELETE"))
    }
    trigger.events = [event]
    if event == .update, cursor.accept("of") { trigger.columns = Self.takeColumns(&cursor) }
    guard cursor.accept("on"), cursor.takeQualifiedName() != nil else {
      return findings.append(cursor.finding(expecting: "ON and a table's name"))
    }
    _ = cursor.accept("for", "each", "row")
    if cursor.accept("when") {
      trigger.condition = SQLiteCanonicalText.text(
        SQLiteCanonicalText.unwrapped(Self.takeCondition(&cursor)))
    }
    guard cursor.accept("begin") else { return findings.append(cursor.finding(expecting: "BEGIN")) }
    let body = cursor.rest.last?.isSymbol(";") == true ? cursor.rest.dropLast() : cursor.rest
    guard body.last?.isKeyword("end") == true else {
      return findings.append(SQLiteFinding("expected END at the end", at: cursor.position))
    }
    trigger.body = SQLiteCanonicalText.text(body.dropLast())
  }

  /// What stands nowhere is BEFORE.
  private static func takeTiming(_ cursor: inout SQLiteTokenCursor) -> Trigger.Timing {
    if cursor.accept("after") { return .after }
    if cursor.accept("instead", "of") { return .insteadOf }
    _ = cursor.accept("before")
    return .before
  }

  private static func takeEvent(_ cursor: inout SQLiteTokenCursor) -> Trigger.Event? {
    if cursor.accept("insert") { return .insert }
    if cursor.accept("update") { return .update }
    if cursor.accept("delete") { return .delete }
    return nil
  }

  /// In the order of their names, which means nothing to SQLite.
  private static func takeColumns(_ cursor: inout SQLiteTokenCursor) -> [String] {
    var columns: [String] = []
    while let name = cursor.takeName() {
      columns.append(name)
      guard cursor.acceptSymbol(",") else { break }
    }
    return columns.sorted()
  }

  /// The tokens before the BEGIN that begins the statements; the word may also be a name.
  private static func takeCondition(_ cursor: inout SQLiteTokenCursor) -> ArraySlice<SQLiteToken> {
    let tokens = cursor.rest
    let statements = ["select", "insert", "update", "delete", "replace", "with", "values"]
    while let token = cursor.next {
      if token.isKeyword("begin"), let next = cursor.token(1), statements.contains(where: next.isKeyword) {
        break
      }
      _ = cursor.take()
    }
    return tokens[..<cursor.rest.startIndex]
  }
}
