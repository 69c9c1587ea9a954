/// A type whose values are an ordered list of labels.
package struct EnumType: OwnedObject {
  package var name: ObjectName
  /// The labels in their sort order, from `pg_enum` by `enumsortorder`.
  package var labels: [String] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .enumType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<EnumType>] =
    [
      Facet("labels", .breaksRestore, \.labels),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
