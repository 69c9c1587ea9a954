/// Something in a definition that was not understood, or not kept: where, and what in words.
package struct SQLiteFinding: Hashable, Sendable, CustomStringConvertible {
  package var position: SQLitePosition
  /// One line, lower case.
  package var message: String

  package init(_ message: String, at position: SQLitePosition) {
    self.position = position
    self.message = message
  }

  package var description: String { "\(position): \(message)" }
}
