/// What is said of a partition's shares of the indexes and keys of its partitioned table.
///
/// Each by the name of the index that the first table of the line has; only what is not as the share was made.
package struct AttachedIndexes: Hashable, Sendable {
  /// The indexes and keys above, not valid as not every partition has a share in them, in which this one has one; sorted.
  package var incomplete: [String] = []
  /// Names that the server did not invent.
  package var names: [String: String] = [:]
  package var comments: [String: Comment] = [:]
  /// Comments on the constraint that a share of a key is kept by.
  package var constraintComments: [String: Comment] = [:]
  /// Storage parameters (`pg_class.reloptions`), where they are not those of the index it is a share of.
  package var options: [String: [String]] = [:]
  /// Where it is stored, where that is not where the index is that it is a share of; `pg_default` for the database's own.
  package var tablespaces: [String: String] = [:]
  /// How finely ANALYZE looks at an expression, by its place among the keys from 1.
  package var statisticsTargets: [String: [String: Int]] = [:]
  /// Extensions with which it goes (`DEPENDS ON EXTENSION`), sorted.
  package var extensions: [String: [String]] = [:]

  package init() {}

  /// The indexes of whose shares anything is said, sorted.
  package var indexes: [String] {
    Set(incomplete).union(names.keys).union(comments.keys).union(constraintComments.keys).union(options.keys)
      .union(tablespaces.keys).union(statisticsTargets.keys).union(extensions.keys).sorted()
  }
}

extension AttachedIndexes {
  /// The facts of a partition's shares.
  static var facets: [Facet<Table>] {
    [
      Facet("attached to incomplete indexes", .performance, \.attached.incomplete),
      Facet("attached index names", .cosmetic, \.attached.names),
      Facet("attached index comments", .cosmetic, \.attached.comments),
      Facet("attached constraint comments", .cosmetic, \.attached.constraintComments),
      Facet(
        "attached index storage parameters", .performance, \.attached.options,
        comparedAs: SettledOptions.ofEach),
      Facet("attached index tablespaces", .performance, \.attached.tablespaces),
      Facet("attached index statistics targets", .performance, \.attached.statisticsTargets),
      Facet("attached index extensions", .breaksApplication, \.attached.extensions),
    ]
  }
}
