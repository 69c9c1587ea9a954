import SchemaModel

/// One fact, or one whole object, in which two schemas differ.
package struct SchemaDifference: Hashable, Sendable {
  /// What differs, seen from the first schema.
  package enum Change: Hashable, Sendable {
    /// The object is in the first schema only.
    case missing
    /// The object is in the second schema only.
    case unexpected
    /// The object is in both and differs in this fact; the values are in words, for people.
    ///
    /// The fact is a label of the object's facet table, or `name`, or a table's `column order`.
    case changed(fact: String, expected: String, found: String)
  }

  package var object: ObjectReference
  package var change: Change
  package var severity: Severity
  /// What the object may be called in the other schema; a guess for people, never acted on.
  package var renameGuess: RenameGuess?

  package init(
    object: ObjectReference, change: Change, severity: Severity, renameGuess: RenameGuess? = nil
  ) {
    self.object = object
    self.change = change
    self.severity = severity
    self.renameGuess = renameGuess
  }

  /// The fact for an object that cannot match by name because its name is what differs.
  package static let nameFact = "name"
  /// The fact for columns that both tables have and hold in another order.
  package static let columnOrderFact = "column order"
}
