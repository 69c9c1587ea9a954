/// A place in a text, both parts counted from 1.
package struct TextPosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var line: Int
  /// In Unicode scalars.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  package var description: String { "line \(line), column \(column)" }
}

/// Something in a text that its reader did not understand, or did not keep.
package struct TextFinding: Hashable, Sendable, CustomStringConvertible {
  package var position: TextPosition
  /// One line, lower case, a fact.
  package var message: String
  /// What to do, as a sentence.
  package var hint: String?
  /// Whether something that may be of the structure was left out: what is compared is not all of the text.
  package var isLoss: Bool

  package init(_ message: String, at position: TextPosition, hint: String? = nil, isLoss: Bool = false) {
    self.isLoss = isLoss
    self.position = position
    self.message = message
    self.hint = hint
  }

  package var description: String { "\(position): \(message)" }
}
