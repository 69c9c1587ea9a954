import SchemaModel

/// What a `CREATE VIEW` text says, as far as it was understood.
package struct SQLiteViewText: Hashable, Sendable {
  package var name = ""
  /// The names written after the view's; empty when its query names the columns.
  package var columns: [String] = []
  /// The query, in the form of ``SQLiteCanonicalText``.
  package var definition = ""
  /// The comments between the view's name and its query.
  package var comment: Comment?
  /// Comments in the list of columns, by column.
  package var columnComments: [String: Comment] = [:]
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
    _ = cursor.accept("temp") || cursor.accept("temporary")
    guard cursor.accept("view") else { return findings.append(cursor.finding(expecting: "CREATE VIEW")) }
    _ = cursor.accept("if", "not", "exists")
    guard let name = cursor.takeQualifiedName() else {
      return findings.append(cursor.finding(expecting: "a view's name"))
    }
    self.name = name
    var comments = cursor.next?.comments ?? []
    if let list = cursor.takeGroup() {
      for member in SQLiteMember.members(of: list) {
        guard member.tokens.count == 1, let column = member.tokens.first?.name else {
          return findings.append(member.cursor.finding(expecting: "a column's name"))
        }
        columns.append(column)
        columnComments[column] = member.comment
      }
      comments += cursor.next?.comments ?? []
    }
    guard cursor.accept("as") else { return findings.append(cursor.finding(expecting: "AS")) }
    comments += cursor.next?.comments ?? []
    comment = Comment(comments)
    let query = cursor.rest.last?.isSymbol(";") == true ? cursor.rest.dropLast() : cursor.rest
    guard !query.isEmpty else { return findings.append(cursor.finding(expecting: "a query")) }
    definition = SQLiteCanonicalText.text(query)
  }
}
