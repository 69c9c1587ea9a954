/// A statistics object: what ANALYZE learns of several columns or of expressions together.
package struct ExtendedStatistics: OwnedObject {
  package var name: ObjectName
  /// The table or materialized view it looks at (`pg_statistic_ext.stxrelid`).
  package var table = ObjectName("")
  /// In the table's order.
  package var columns: [String] = []
  /// As the server prints them, without parentheses around them.
  package var expressions: [String] = []
  /// `ndistinct`, `dependencies`, `mcv` (`pg_statistic_ext.stxkind`), sorted; none for a single expression's.
  package var kinds: [String] = []
  /// How finely ANALYZE looks (`pg_statistic_ext.stxstattarget`) when it is not the columns' way.
  package var target: Int?
  /// The owner; a statistics object has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .statistics }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ExtendedStatistics>] = [
    Facet("table", .performance, \.table),
    Facet("columns", .performance, \.columns),
    Facet("expressions", .performance, \.expressions),
    Facet("kinds", .performance, \.kinds),
    Facet("target", .performance, \.target),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
