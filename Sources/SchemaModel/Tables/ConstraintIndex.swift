/// What is said of the index a key or exclusion constraint owns.
package struct ConstraintIndex: Hashable, Sendable {
  /// Whether it is complete (`pg_index.indisvalid`); that of a partitioned table is not while a partition has none.
  package var isValid = true
  /// Where it is stored when it is not where the database is.
  package var tablespace: String?
  /// Storage parameters such as `fillfactor=70` (`pg_class.reloptions`).
  package var options: [String] = []
  /// Extensions with which it goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String] = []
  /// A comment on the index, which is another than the one on the constraint.
  package var comment: Comment?

  package init() {}
}
