/// A type whose values are rows: a list of named attributes that no table stores.
package struct CompositeType: OwnedObject {
  package var name: ObjectName
  /// In their order, from `pg_attribute` of the type's `pg_class` entry.
  package var attributes: [CompositeAttribute] = []
  /// Comments on attributes, by attribute.
  package var attributeComments: [String: Comment] = [:]
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .compositeType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<CompositeType>] =
    [
      Facet("attributes", .breaksRestore, \.attributes),
      Facet("attribute comments", .cosmetic, \.attributeComments),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}

/// One attribute of a composite type.
package struct CompositeAttribute: Hashable, Sendable {
  package var name: String
  /// As `format_type` prints it with an empty search path.
  package var type: String
  /// The collation when it is not the type's own, qualified.
  package var collation: String?

  package init(_ name: String, _ type: String, collation: String? = nil) {
    self.name = name
    self.type = type
    self.collation = collation
  }
}

extension CompositeAttribute: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] = ["name": .text(name), "type": .text(type)]
    if let collation { fields["collation"] = .text(collation) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      try String(facetValue: facetValue["name"]), try String(facetValue: facetValue["type"]),
      collation: try String?(facetValue: facetValue["collation"]))
  }

  package var facetDescription: String {
    "\(name) \(type)" + (collation.map { " collate \($0)" } ?? "")
  }
}
