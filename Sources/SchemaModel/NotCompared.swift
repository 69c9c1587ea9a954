/// Something the catalog holds that is not modelled: seen and counted, never silently skipped.
package struct NotCompared: Hashable, Sendable {
  /// The kind in words, plural: `functions`, `row security policies`.
  package var kind: String
  /// How many there are; at least one.
  package var count: Int
  /// Some of their names, for people; at most ``namesKept``.
  package var names: [String]

  /// How many names are kept at most.
  package static let namesKept = 5

  package init(kind: String, count: Int, names: [String]) {
    self.kind = kind
    self.count = count
    self.names = names
  }
}
