/// A view or a materialized view.
package struct View: SchemaObject {
  package var name: ObjectName
  package var isMaterialized = false
  /// The query, as `pg_get_viewdef` prints it or, for SQLite, as it was written after `AS`.
  package var definition = ""
  /// The columns' names, in order.
  package var columns: [String] = []
  /// Options such as `security_barrier=true`, from `pg_class.reloptions`, sorted.
  package var options: [String] = []
  /// Comments on columns, by column.
  package var columnComments: [String: Comment] = [:]
  /// Indexes of a materialized view.
  package var indexes: [TableIndex] = []
  package var comment: Comment?
  /// The views this one reads, from `pg_depend`: only to print them in an order that can be run.
  package var dependencies: [ObjectName] = []

  package var kind: ObjectKind { isMaterialized ? .materializedView : .view }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<View>] = [
    Facet("materialized", .breaksApplication, \.isMaterialized),
    Facet("definition", .breaksApplication, \.definition),
    Facet("columns", .breaksApplication, \.columns),
    Facet("options", .breaksApplication, \.options),
    Facet("column comments", .cosmetic, \.columnComments),
    Facet("comment", .cosmetic, \.comment),
  ]
}
