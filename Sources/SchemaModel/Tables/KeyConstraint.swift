/// A primary key or a unique constraint.
package struct KeyConstraint: SchemaObject {
  package var name: String
  package var isPrimary = false
  /// Whether the name was given; SQLite constraints often have none and are called by what they say.
  package var isNamed = true
  /// In key order.
  package var columns: [String] = []
  /// Columns the index carries without their being part of the key (`INCLUDE`).
  package var includedColumns: [String] = []
  /// Whether two NULLs collide (`pg_index.indnullsnotdistinct`, PostgreSQL 15 and later).
  package var nullsNotDistinct = false
  package var deferrability = Deferrability.notDeferrable
  /// SQLite: the columns with how they sort, when one has a direction or a collation of its own; else empty.
  package var sortedKeys: [IndexKey] = []
  /// SQLite: whether keys of removed rows are never used again (`AUTOINCREMENT`).
  package var isAutoincrement = false
  /// SQLite: the `ON CONFLICT` action when it is not ABORT.
  package var conflictAction: String?
  /// Whether the last column's ranges must not overlap (`WITHOUT OVERLAPS`, PostgreSQL 18 and later).
  package var isTemporal = false
  /// When the trigger fires that looks at the end of a transaction again whether a deferrable key holds.
  package var recheck = Firing.enabled
  package var index = ConstraintIndex()
  package var comment: Comment?

  package var kind: ObjectKind { isPrimary ? .primaryKey : .uniqueConstraint }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<KeyConstraint>] = [
    Facet("primary", .breaksRestore, \.isPrimary),
    Facet("named", .cosmetic, \.isNamed),
    Facet("columns", .breaksRestore, \.columns),
    Facet("sorted keys", .breaksRestore, \.sortedKeys),
    Facet("included columns", .performance, \.includedColumns),
    Facet("nulls not distinct", .breaksRestore, \.nullsNotDistinct),
    Facet("deferrability", .breaksApplication, \.deferrability),
    Facet("autoincrement", .breaksApplication, \.isAutoincrement),
    Facet("conflict action", .breaksApplication, \.conflictAction),
    Facet("without overlaps", .breaksRestore, \.isTemporal),
    Facet("recheck fires", .breaksRestore, \.recheck),
    Facet("valid", .breaksRestore, \.index.isValid),
    Facet("tablespace", .performance, \.index.tablespace),
    Facet("storage parameters", .performance, \.index.options, comparedAs: SettledOptions.of),
    Facet("depends on extensions", .breaksApplication, \.index.extensions),
    Facet("index comment", .cosmetic, \.index.comment),
    Facet("comment", .cosmetic, \.comment),
  ]
}
