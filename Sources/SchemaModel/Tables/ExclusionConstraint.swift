/// An exclusion constraint: no two rows for which all its operators hold.
package struct ExclusionConstraint: SchemaObject {
  package var name: String
  /// The index method, such as `gist`.
  package var method = ""
  package var keys: [IndexKey] = []
  /// One operator for each key, as `regoperator` without its argument types: `OPERATOR(pg_catalog.&&)`.
  package var operators: [String] = []
  /// The condition rows must meet to count.
  package var predicate: String?
  package var deferrability = Deferrability.notDeferrable
  /// Columns the index carries without their being compared (`INCLUDE`).
  package var includedColumns: [String] = []
  package var index = ConstraintIndex()
  package var comment: Comment?

  package var kind: ObjectKind { .exclusionConstraint }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<ExclusionConstraint>] = [
    Facet("method", .performance, \.method),
    Facet("keys", .breaksRestore, \.keys),
    Facet("operators", .breaksRestore, \.operators),
    Facet("predicate", .breaksRestore, \.predicate),
    Facet("deferrability", .breaksApplication, \.deferrability),
    Facet("included columns", .performance, \.includedColumns),
    Facet("valid", .breaksRestore, \.index.isValid),
    Facet("tablespace", .performance, \.index.tablespace),
    Facet("storage parameters", .performance, \.index.options, comparedAs: SettledOptions.of),
    Facet("depends on extensions", .breaksApplication, \.index.extensions),
    Facet("index comment", .cosmetic, \.index.comment),
    Facet("comment", .cosmetic, \.comment),
  ]
}
