import SchemaModel

extension Consequence {
  /// The sentence for an index.
  /// - Parameter refusesRows: whether the difference lies in which rows the index refuses.
  static func index(
    _ change: SchemaDifference.Change, refusesRows: Bool, evidence: Evidence?
  ) -> String {
    if refusesRows { return key(change, evidence: evidence) }
    switch change {
    case .missing:
      return
        "a restore from this blueprint builds an index that production does without: it takes longer "
        + "than measured."
    case .unexpected:
      return
        "a restore from this blueprint comes up without this index: queries that need it are slow until "
        + "it is built."
    case .changed("valid", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "production's index cannot be used (its build failed): queries that need it are slow today."
        : "the blueprint was taken from a database where this index could not be used."
    case .changed("keys", _, _), .changed("predicate", _, _), .changed("method", _, _),
      .changed("included columns", _, _), .changed("unique", _, _), .changed("nulls not distinct", _, _):
      return "queries that production's index serves may be slow after a restore from this blueprint."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }
}
