/// A line that `PRAGMA integrity_check` prints.
package struct SQLiteIntegrityFinding: Hashable, Sendable {
  /// What follows from it.
  package enum Nature: Hashable, Sendable {
    /// Pages or rows cannot be read as SQLite wrote them: content may be lost.
    case damage
    /// An index does not fit its table; `REINDEX` makes it anew.
    case index
    /// A row that violates NOT NULL, CHECK, UNIQUE or the type of a STRICT table.
    case violation
  }

  package var nature: Nature
  /// In SQLite's words, such as `NULL value in users.email`.
  package var text: String

  /// - Parameter text: a line other than `ok`.
  package init(_ text: String) {
    self.text = text
    nature =
      if text.hasPrefix("NULL value in ") || text.hasPrefix("CHECK constraint failed in ")
        || text.hasPrefix("non-unique entry in index ")
        || (text.hasPrefix("non-") && text.contains(" value in "))
      {
        .violation
      } else if text.contains(" missing from index ") || text.hasPrefix("wrong # of entries in index ") {
        .index
      } else {
        .damage
      }
  }
}
