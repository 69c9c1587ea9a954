/// How tables or indexes are stored and read, and no extension brought.
package struct AccessMethod: SchemaObject {
  /// From `pg_am.amtype`.
  package enum Subject: String, Hashable, Sendable, FacetRepresentable {
    case index
    case table
  }

  /// From `pg_am.amname`; access methods have no schema.
  package var name: ObjectName
  package var subject = Subject.index
  /// Qualified, from `pg_am.amhandler`.
  package var handler = ""
  package var comment: Comment?

  package var kind: ObjectKind { .accessMethod }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<AccessMethod>] = [
    Facet("of", .breaksRestore, \.subject),
    Facet("handler", .breaksRestore, \.handler),
    Facet("comment", .cosmetic, \.comment),
  ]
}
