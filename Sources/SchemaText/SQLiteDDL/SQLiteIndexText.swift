import SchemaModel

/// What a `CREATE INDEX` text says, as far as it was understood.
package struct SQLiteIndexText: Hashable, Sendable {
  package var name = ""
  package var table = ""
  package var isUnique = false
  /// The keys, in order.
  ///
  /// A name alone is read as a column. `collation` is what is written, BINARY included.
  ///
  /// SQLite leaves no choice where NULLs go, so `nullsFirst` says what the model takes for granted.
  package var keys: [IndexKey] = []
  package var predicate: String?
  /// The comments between the index's name and its keys.
  package var comment: Comment?
  /// What was not understood.
  package var findings: [SQLiteFinding] = []

  /// Reads the text as `sqlite_schema.sql` holds it, or as people write it; never fails.
  package init(parsing sql: String) {
    var cursor = SQLiteTokenCursor(parsing: sql)
    findings = cursor.unknown
    read(&cursor)
  }

  private mutating func read(_ cursor: inout SQLiteTokenCursor) {
    _ = cursor.accept("create")
    isUnique = cursor.accept("unique")
    guard cursor.accept("index") else { return findings.append(cursor.finding(expecting: "CREATE INDEX")) }
    _ = cursor.accept("if", "not", "exists")
    guard let name = cursor.takeQualifiedName() else {
      return findings.append(cursor.finding(expecting: "an index's name"))
    }
    self.name = name
    let head = cursor.rest
    guard cursor.accept("on"), let table = cursor.takeName() else {
      return findings.append(cursor.finding(expecting: "ON and a table's name"))
    }
    self.table = table
    guard let group = cursor.takeGroup() else {
      return findings.append(cursor.finding(expecting: "( and the keys"))
    }
    comment = Comment(head.prefix { $0 != group.opening }.flatMap(\.comments) + group.opening.comments)
    keys = group.items.map(Self.key)
    if group.closing == nil { findings.append(cursor.finding(expecting: ") after the keys")) }
    _ = cursor.acceptSymbol(";")
    guard !cursor.isAtEnd else { return }
    guard cursor.accept("where") else { return findings.append(cursor.finding(expecting: "WHERE")) }
    let end = cursor.rest.last?.isSymbol(";") == true ? cursor.rest.dropLast() : cursor.rest
    predicate = SQLiteCanonicalText.text(SQLiteCanonicalText.unwrapped(end))
  }

  private static func key(_ tokens: ArraySlice<SQLiteToken>) -> IndexKey {
    var tokens = tokens
    var isDescending = false
    if let last = tokens.last, last.isKeyword("asc") || last.isKeyword("desc"), tokens.count > 1 {
      isDescending = last.isKeyword("desc")
      tokens = tokens.dropLast()
    }
    var collation: String?
    if tokens.count > 2, tokens[tokens.endIndex - 2].isKeyword("collate") {
      collation = tokens.last?.name
      tokens = tokens.dropLast(2)
    }
    tokens = SQLiteCanonicalText.unwrapped(tokens)
    var key =
      if tokens.count == 1, let name = tokens.first?.name {
        IndexKey(.column(name))
      } else {
        IndexKey(.expression(SQLiteCanonicalText.text(tokens)))
      }
    key.collation = collation.map { SQLiteCollation.canonical($0) ?? "BINARY" }
    key.isDescending = isDescending
    key.nullsFirst = isDescending
    return key
  }
}
