/// One comparable fact of a kind of object, named once.
///
/// The diff, the drift report, the JSON document and the fingerprint all read an object's table of
/// facets, so a fact that stands there is compared everywhere and one that does not, nowhere.
package struct Facet<Object>: Sendable {
  /// The fact's name, in lower case: the JSON key and the word in reports.
  package let label: String
  /// What it means when two objects differ in this fact.
  package let severity: Severity
  /// The object's value of this fact.
  package let value: @Sendable (Object) -> FacetValue
  /// The object's value of this fact, in words.
  package let words: @Sendable (Object) -> String
  /// Sets the fact from a document.
  package let set: @Sendable (inout Object, FacetValue) throws(FacetMismatch) -> Void
  /// Whether a database that is made of the text has it too, and so whether it belongs into the fingerprint.
  package let isBuiltByText: Bool

  /// Names the fact held at `path`.
  ///
  /// - Parameter isBuiltByText: false for a state that no text brings about: it is compared, never fingerprinted.
  package init<Value: FacetRepresentable>(
    _ label: String, _ severity: Severity, _ path: any WritableKeyPath<Object, Value> & Sendable,
    isBuiltByText: Bool = true
  ) {
    self.label = label
    self.severity = severity
    self.isBuiltByText = isBuiltByText
    value = { $0[keyPath: path].facetValue }
    words = { $0[keyPath: path].facetDescription }
    set = { (object, value) throws(FacetMismatch) in
      object[keyPath: path] = try Value(facetValue: value)
    }
  }

  /// Names the fact held at `path`, which is printed as it was written and compared as `settled` has it.
  package init<Value: FacetRepresentable>(
    _ label: String, _ severity: Severity, _ path: any WritableKeyPath<Object, Value> & Sendable,
    comparedAs settled: @escaping @Sendable (Value) -> Value
  ) {
    self.label = label
    self.severity = severity
    isBuiltByText = true
    value = { settled($0[keyPath: path]).facetValue }
    words = { settled($0[keyPath: path]).facetDescription }
    set = { (object, value) throws(FacetMismatch) in
      object[keyPath: path] = try Value(facetValue: value)
    }
  }
}
