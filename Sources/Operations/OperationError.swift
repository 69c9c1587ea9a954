/// Why an operation could not be done: a fact, what is known of it, and what to do.
package struct OperationError: Error, Hashable {
  /// One line, lower case.
  package var message: String
  package var detail: [String]
  /// A sentence.
  package var hint: String?

  package init(_ message: String, detail: [String] = [], hint: String? = nil) {
    self.message = message
    self.detail = detail
    self.hint = hint
  }
}
