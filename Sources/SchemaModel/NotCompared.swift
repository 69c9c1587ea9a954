/// Something the catalog holds that is not modelled: seen and counted, never silently skipped.
package struct NotCompared: Hashable, Sendable {
  /// The kind in words, plural: `functions`, `row security policies`.
  package var kind: String
  /// How many there are; at least one.
  package var count: Int
  /// Some of their names, for people; at most ``namesKept``.
  package var names: [String]

  /// The ``kind`` of user mappings whose options a reader did not see; their names are `ROLE on SERVER`.
  package static let optionsOfMappings = "options of user mappings that this role may not see"

  /// How many names are kept at most.
  package static let namesKept = 5

  package init(kind: String, count: Int, names: [String]) {
    self.kind = kind
    self.count = count
    self.names = names
  }
}

extension NotCompared: FacetRepresentable {
  package var facetValue: FacetValue {
    .record(["kind": .text(kind), "count": .number(count), "names": names.facetValue])
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      kind: try String(facetValue: facetValue["kind"]), count: try Int(facetValue: facetValue["count"]),
      names: try [String](facetValue: facetValue["names"]))
  }
}
