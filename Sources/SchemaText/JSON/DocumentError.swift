/// Why a document cannot be used.
package struct DocumentError: Error, Hashable, Sendable {
  /// One line, lower case, a fact.
  package var message: String
  /// Where: the path to the value or the line and column, and what stands there.
  package var detail: [String]
  /// What to do, as a sentence.
  package var hint: String?

  package init(_ message: String, detail: [String] = [], hint: String? = nil) {
    self.message = message
    self.detail = detail
    self.hint = hint
  }
}

/// Something in a usable document that its reader should hear of.
package struct DocumentFinding: Hashable, Sendable {
  /// Where it stands: a path such as `tables[3].columns[1].type`, or `line 4`.
  package var place: String
  /// One line, lower case, a fact.
  package var message: String
  /// What to do, as a sentence.
  package var hint: String?

  package init(place: String, message: String, hint: String? = nil) {
    self.place = place
    self.message = message
    self.hint = hint
  }
}
