import SchemaModel

extension Consequence {
  /// The sentence for a primary key, a unique constraint or a unique index.
  static func key(_ change: SchemaDifference.Change, evidence: Evidence?) -> String {
    switch change {
    case .missing:
      return onlyDrawn(evidence, "production does not enforce this key")
    case .unexpected:
      return
        "a restore from this blueprint comes up without this key: rows that repeat it can be written "
        + "from then on."
    case .changed("columns", _, _), .changed("keys", _, _), .changed("predicate", _, _):
      return onlyDrawn(evidence, "production's key is over something else")
    case .changed("nulls not distinct", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? onlyDrawn(evidence, "production lets several rows with NULL in the key live side by side")
        : "after a restore several rows with NULL in the key can be written, which production refuses."
    case .changed("primary", _, _):
      return
        "the key is the primary key on one side only: NULL in its columns and what may refer to it differ."
    case .changed("unique", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? onlyDrawn(evidence, "production's index lets rows repeat a key")
        : "a restore from this blueprint lets rows repeat this key, which production refuses."
    case .changed("included columns", _, _):
      return "queries that read only this key's index have to read the table on one side."
    case .changed("deferrability", _, _): return deferrability
    case .changed("autoincrement", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "production may use the numbers of removed rows again, a restore from this blueprint never does."
        : "after a restore the numbers of removed rows may be used again."
    case .changed("sorted keys", _, _):
      return
        "which values repeat one another, and in which order they are kept, is not what production holds after a restore."
    case .changed("conflict action", let expected, let found):
      return
        "a row that repeats the key is met with \(expected) after a restore, in production with \(found)."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a constraint of any kind that is checked at another moment.
  static var deferrability: String {
    "the check comes at another moment: a load or transaction that waits for the commit fails on one side."
  }

  private static func onlyDrawn(_ evidence: Evidence?, _ fact: String) -> String {
    Violation.repeatsKey.consequence(
      evidence,
      assumed: "\(fact): rows that repeat a key may exist, and a restore from this blueprint stops when it "
        + "creates the key.")
  }
}
