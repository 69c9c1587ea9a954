/// A publication: which changes subscribers may have.
package struct Publication: OwnedObject {
  /// From `pg_publication.pubname`; it has no schema.
  package var name: ObjectName
  package var isOfAllTables = false
  /// By name.
  package var tables: [PublishedTable] = []
  /// The schemas all of whose tables are published (PostgreSQL 15 and later), sorted.
  package var schemas: [String] = []
  /// `insert`, `update`, `delete`, `truncate`, in this order.
  package var operations: [String] = []
  /// Whether changes of partitions go out as those of the partitioned table.
  package var isViaRoot = false
  /// Whether stored generated columns go out (`pubgencols`, PostgreSQL 18 and later).
  package var includesGeneratedColumns = false
  /// The owner; a publication has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .publication }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<Publication>] = [
    Facet("all tables", .breaksApplication, \.isOfAllTables),
    Facet("tables", .breaksApplication, \.tables),
    Facet("schemas", .breaksApplication, \.schemas),
    Facet("operations", .breaksApplication, \.operations),
    Facet("via root", .breaksApplication, \.isViaRoot),
    Facet("generated columns", .breaksApplication, \.includesGeneratedColumns),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}

/// A table in a publication, from `pg_publication_rel`.
package struct PublishedTable: Hashable, Sendable {
  package var table: ObjectName
  /// The columns that go out, in the table's order; `nil` for all, those to come included.
  package var columns: [String]?
  /// The condition rows must meet to go out.
  package var filter: String?

  package init(_ table: ObjectName, columns: [String]? = nil, filter: String? = nil) {
    self.table = table
    self.columns = columns
    self.filter = filter
  }
}

extension PublishedTable: FacetRepresentable {
  package var facetValue: FacetValue {
    var fields: [String: FacetValue] = ["table": table.facetValue]
    if let columns { fields["columns"] = columns.facetValue }
    if let filter { fields["filter"] = .text(filter) }
    return .record(fields)
  }

  package init(facetValue: FacetValue) throws(FacetMismatch) {
    self.init(
      try ObjectName(facetValue: facetValue["table"]),
      columns: try [String]?(facetValue: facetValue["columns"]),
      filter: try String?(facetValue: facetValue["filter"]))
  }

  package var facetDescription: String {
    "\(table)" + (columns.map { " (\($0.joined(separator: ", ")))" } ?? "")
      + (filter.map { " where \($0)" } ?? "")
  }
}
