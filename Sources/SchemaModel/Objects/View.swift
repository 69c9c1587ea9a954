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
  /// Options such as `security_barrier=true`, from `pg_class.reloptions`.
  package var options: [String] = []
  /// How a materialized one is stored (`pg_class.relam`) when it is not `heap`.
  package var accessMethod: String?
  /// Where a materialized one is stored when it is not where the database is.
  package var tablespace: String?
  /// Storage parameters of a materialized one's TOAST table, sorted.
  package var toastOptions: [String] = []
  /// The index that CLUSTER orders a materialized one by (`pg_index.indisclustered`).
  package var clusteredOn: String?
  /// What INSERT through the view gives a column without a value (`pg_attrdef`), by column.
  package var columnDefaults: [String: String] = [:]
  /// Comments on columns, by column.
  package var columnComments: [String: Comment] = [:]
  /// How a materialized one keeps long values when it is not the type's way (``Column/storage``), by column.
  package var columnStorage: [String: String] = [:]
  /// How it compresses them when it is said (``Column/compression``), by column.
  package var columnCompression: [String: String] = [:]
  /// How finely ANALYZE looks when it is not the server's way (``Column/statisticsTarget``), by column.
  package var columnStatisticsTargets: [String: Int] = [:]
  /// Options such as `n_distinct=100` (``Column/options``), by column.
  package var columnOptions: [String: [String]] = [:]
  /// Extensions with which a materialized one goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String] = []
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
      Facet("options", .breaksApplication, \.options, comparedAs: SettledOptions.of),
      Facet("access method", .performance, \.accessMethod),
      Facet("tablespace", .performance, \.tablespace),
      Facet("toast storage parameters", .performance, \.toastOptions, comparedAs: SettledOptions.of),
      Facet("clustered on", .performance, \.clusteredOn),
      Facet("column storage", .performance, \.columnStorage),
      Facet("column compression", .performance, \.columnCompression),
      Facet("column statistics targets", .performance, \.columnStatisticsTargets),
      Facet("column options", .performance, \.columnOptions, comparedAs: SettledOptions.ofEach),
      Facet("column defaults", .breaksApplication, \.columnDefaults),
      Facet("column privileges", .security, \.columnPrivileges),
      Facet("column comments", .cosmetic, \.columnComments),
      Facet("depends on extensions", .breaksApplication, \.extensions),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
