import SchemaModel

/// What a person asked for of a partial restore: tables by a pattern or, with a condition, rows of one table.
package struct RowChoice: Hashable, Sendable {
  package let pattern: NamePattern
  /// The condition on the table's rows, in the database's own SQL; `nil` for all of them.
  package let condition: String?

  package init(_ pattern: NamePattern, where condition: String? = nil) {
    self.pattern = pattern
    self.condition = condition
  }

  /// - Parameter text: `TABLE` or `TABLE where CONDITION`.
  package init(_ text: String) {
    guard let range = text.firstRange(of: /(?i)\s+where\s+/) else {
      self.init(NamePattern(text))
      return
    }
    self.init(NamePattern(String(text[..<range.lowerBound])), where: String(text[range.upperBound...]))
  }
}

/// Rows of one table that were chosen by a condition, and with them all that belongs to them.
package struct ChosenRows: Hashable, Sendable, CustomStringConvertible {
  package let table: ObjectName
  /// In the database's own SQL.
  package let condition: String

  package var description: String { "\(table) where \(condition)" }
}
