/// An index of a table or materialized view that no constraint owns.
package struct TableIndex: SchemaObject {
  package var name: String
  /// The access method, such as `btree` (`pg_am.amname`).
  package var method = "btree"
  package var keys: [IndexKey] = []
  /// Columns carried without being part of the key (`INCLUDE`).
  package var includedColumns: [String] = []
  package var isUnique = false
  /// Whether two NULLs collide (`pg_index.indnullsnotdistinct`, PostgreSQL 15 and later).
  package var nullsNotDistinct = false
  /// The condition of a partial index, from `pg_get_expr(indpred)`.
  package var predicate: String?
  /// Whether queries may use it (`pg_index.indisvalid`); a failed concurrent build leaves it invalid.
  package var isValid = true
  /// Where it is stored when it is not where the database is.
  package var tablespace: String?
  /// Storage parameters such as `fillfactor=70` (`pg_class.reloptions`).
  package var options: [String] = []
  /// How finely ANALYZE looks at an expression, by its place among the keys from 1.
  package var statisticsTargets: [String: Int] = [:]
  /// Extensions with which it goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String] = []
  package var comment: Comment?

  package var kind: ObjectKind { .index }

  package init(named name: String) { self.name = name }

  package static let facets: [Facet<TableIndex>] = [
    Facet("method", .performance, \.method),
    Facet("keys", .performance, \.keys),
    Facet("included columns", .performance, \.includedColumns),
    Facet("unique", .breaksRestore, \.isUnique),
    Facet("nulls not distinct", .breaksRestore, \.nullsNotDistinct),
    Facet("predicate", .performance, \.predicate),
    Facet("valid", .performance, \.isValid),
    Facet("tablespace", .performance, \.tablespace),
    Facet("storage parameters", .performance, \.options, comparedAs: SettledOptions.of),
    Facet("statistics targets", .performance, \.statisticsTargets),
    Facet("depends on extensions", .breaksApplication, \.extensions),
    Facet("comment", .cosmetic, \.comment),
  ]
}

extension TableIndex {
  /// The name PostgreSQL gives an index that was given none.
  package func inventedName(of table: String) -> String {
    InventedName.of(
      InventedName.addition(InventedName.columns(of: keys) + includedColumns), in: table, label: "idx")
  }
}
