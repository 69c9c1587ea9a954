import SchemaModel

/// Reads a constraint that stands by itself in `CREATE TABLE`.
struct SQLiteTableConstraintParser {
  private var cursor: SQLiteTokenCursor
  private let comment: Comment?
  private var name: String?

  private init(_ member: SQLiteMember) {
    cursor = member.cursor
    comment = member.comment
  }

  /// Adds the constraint to the table.
  static func read(_ member: SQLiteMember, into table: inout SQLiteTableText) {
    var parser = SQLiteTableConstraintParser(member)
    if parser.cursor.accept("constraint") { parser.name = parser.cursor.takeName() }
    let isUnderstood = parser.readConstraint(into: &table)
    if !isUnderstood || !parser.cursor.isAtEnd {
      table.findings.append(parser.cursor.finding(expecting: "a constraint of the table"))
    }
  }

  private mutating func readConstraint(into table: inout SQLiteTableText) -> Bool {
    if cursor.accept("primary", "key") {
      guard let keys = cursor.takeGroup(), var key = key(over: keys) else { return false }
      key.isPrimary = true
      table.primaryKey = key
    } else if cursor.accept("unique") {
      guard let keys = cursor.takeGroup(), let key = key(over: keys) else { return false }
      table.uniqueConstraints.append(key)
    } else if cursor.accept("check") {
      guard let condition = cursor.takeGroup() else { return false }
      var check = CheckConstraint(given: name, condition)
      check.comment = comment
      table.checks.append(check)
      // SQLite reads a conflict action here and does not act on it.
      _ = cursor.takeConflictAction()
    } else if cursor.accept("foreign", "key") {
      guard let columns = cursor.takeGroup()?.names, cursor.accept("references"),
        var key = cursor.takeReference(from: columns, named: name)
      else { return false }
      key.comment = comment
      table.foreignKeys.append(key)
    } else {
      return false
    }
    return true
  }

  /// A key over what the parentheses hold: columns, perhaps with a direction or a collation, and for a primary
  /// key perhaps AUTOINCREMENT.
  private mutating func key(over group: SQLiteTokenGroup) -> KeyConstraint? {
    var key = KeyConstraint(given: name, columns: [])
    var sorted: [IndexKey] = []
    for item in group.items {
      var item = SQLiteTokenCursor(item, before: group.end)
      guard let column = item.takeName() else { return nil }
      key.columns.append(column)
      var subject = IndexKey(.column(column))
      if item.accept("collate") { subject.collation = item.takeName() }
      if !item.accept("asc"), item.accept("desc") { subject = IndexKey(descending: subject) }
      sorted.append(subject)
      if item.accept("autoincrement") { key.isAutoincrement = true }
      guard item.isAtEnd else { return nil }
    }
    if sorted.contains(where: { $0.isDescending || $0.collation != nil }) { key.sortedKeys = sorted }
    key.conflictAction = cursor.takeConflictAction()
    key.comment = comment
    return key
  }
}
