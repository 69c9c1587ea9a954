import SchemaModel

/// A JSON document to be written, laid out so that a changed fact is a changed line.
package indirect enum JSONTree: Hashable, Sendable {
  /// A key and what it holds.
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONTree

    package init(_ key: String, _ value: JSONTree) {
      self.key = key
      self.value = value
    }
  }

  /// A value on one line where it fits; the keys of its records are sorted.
  case fact(FacetValue)
  /// One element after the other, each on lines of its own.
  case list([JSONTree])
  /// Members in this order, each on lines of its own.
  case object([Member])
}
