/// A PostgreSQL schema: a namespace for tables, types and functions.
package struct Namespace: OwnedObject {
  /// From `pg_namespace.nspname`.
  package var name: ObjectName
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .namespace }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Namespace>] =
    [
      Facet("comment", .cosmetic, \.comment)
    ] + Facet.rights
}
