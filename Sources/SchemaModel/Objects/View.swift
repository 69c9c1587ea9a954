/// A view or a materialized view.
package struct View: OwnedObject {
  package var name: ObjectName
  package var isMaterialized = false
  /// Whether a materialized view can be read (`pg_class.relispopulated`); one made WITH NO DATA cannot.
  package var isPopulated = true
  /// The query, as `pg_get_viewdef` prints it or, for SQLite, as it was written after `AS`.
  package var definition = ""
  /// The columns' names, in order.
  package var columns: [String] = []
  /// Options such as `security_barrier=true`, from `pg_class.reloptions`, sorted.
  package var options: [String] = []
  /// What INSERT through the view gives a column without a value (`pg_attrdef`), by column.
  package var columnDefaults: [String: String] = [:]
  /// Comments on columns, by column.
  package var columnComments: [String: Comment] = [:]
  /// Indexes of a materialized view.
  package var indexes: [TableIndex] = []
  package var triggers: [Trigger] = []
  package var rules: [RewriteRule] = []
  package var rights = AccessRights()
  package var comment: Comment?
  /// Grants on single columns, by column.
  package var columnPrivileges: [String: [Grant]] = [:]

  package var kind: ObjectKind { isMaterialized ? .materializedView : .view }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<View>] =
    [
      Facet("materialized", .breaksApplication, \.isMaterialized),
      Facet("populated", .breaksApplication, \.isPopulated),
      Facet("definition", .breaksApplication, \.definition),
      Facet("columns", .breaksApplication, \.columns),
      Facet("options", .breaksApplication, \.options),
      Facet("column defaults", .breaksApplication, \.columnDefaults),
      Facet("column privileges", .security, \.columnPrivileges),
      Facet("column comments", .cosmetic, \.columnComments),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
