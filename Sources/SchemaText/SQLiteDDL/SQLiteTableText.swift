import SchemaModel

/// What a `CREATE TABLE` text says, as far as it was understood.
///
/// Lists are in the order of the text, not by name, so that they can be matched with what pragmas
/// tell. A constraint without a name has an empty one here and `isNamed` false. Names have the case
/// in which they are written at each place.
package struct SQLiteTableText: Hashable, Sendable {
  package var name = ""
  package var isStrict = false
  package var isWithoutRowID = false
  /// The comments between the table's name and its parenthesis, and those after that on its line.
  package var comment: Comment?
  package var columns: [Column] = []
  package var primaryKey: KeyConstraint?
  package var uniqueConstraints: [KeyConstraint] = []
  package var foreignKeys: [ForeignKey] = []
  package var checks: [CheckConstraint] = []
  /// Clauses that were understood and have no place above.
  package var unmodelled: [SQLiteUnmodelledClause] = []
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
    guard cursor.accept("table") else { return findings.append(cursor.finding(expecting: "CREATE TABLE")) }
    _ = cursor.accept("if", "not", "exists")
    guard let name = cursor.takeQualifiedName() else {
      return findings.append(cursor.finding(expecting: "a table's name"))
    }
    self.name = name
    guard let body = cursor.takeGroup() else {
      return findings.append(cursor.finding(expecting: "( and the columns"))
    }

    var comments = body.opening.comments
    if let first = body.tokens.first {
      comments += SQLiteCommentGap(after: body.opening, separator: nil, before: first).trailing
    }
    comment = Comment(comments)
    for member in SQLiteMember.members(of: body) {
      if member.isConstraint {
        SQLiteTableConstraintParser.read(member, into: &self)
      } else {
        SQLiteColumnParser.read(member, into: &self)
      }
    }
    settleNames()
    if body.closing == nil { findings.append(cursor.finding(expecting: ") after the columns")) }
    readOptions(&cursor)
  }

  /// In the expressions of a table a name in double quotes is one of its columns, or else a text.
  private mutating func settleNames() {
    let names = Set(columns.map { SQLiteName.folded($0.name) })
    for index in checks.indices {
      checks[index].expression = SQLiteCanonicalText.of(checks[index].expression, columns: names)
    }
    for index in columns.indices {
      guard case .generated(let expression, let isStored) = columns[index].value else { continue }
      columns[index].value = .generated(
        SQLiteCanonicalText.of(expression, columns: names), isStored: isStored)
    }
  }

  private mutating func readOptions(_ cursor: inout SQLiteTokenCursor) {
    while !cursor.isAtEnd {
      if cursor.accept("without", "rowid") {
        isWithoutRowID = true
      } else if cursor.accept("strict") {
        isStrict = true
      } else if !cursor.acceptSymbol(",") && !cursor.acceptSymbol(";") {
        return findings.append(cursor.finding(expecting: "WITHOUT ROWID or STRICT"))
      }
    }
  }
}

/// A clause that SQLite honours or keeps and the model has no fact for.
package enum SQLiteUnmodelledClause: Hashable, Sendable {
  /// `CONSTRAINT name` before a clause of a column that is no constraint of the model.
  case clauseName(String, column: String)
}
