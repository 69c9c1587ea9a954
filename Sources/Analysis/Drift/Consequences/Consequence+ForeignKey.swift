import SchemaModel

extension Consequence {
  /// The sentence for a foreign key.
  /// - Parameter isUnchecked: whether the blueprint adds it `NOT VALID`, so that no row can stop it.
  static func foreignKey(
    _ change: SchemaDifference.Change, isUnchecked: Bool, evidence: Evidence?
  ) -> String {
    func orphans(_ fact: String, _ evidence: Evidence?) -> String {
      isUnchecked
        ? "\(fact): rows without a parent may exist; a restore from this blueprint adds the key without "
          + "checking them."
        : Self.orphans(fact, evidence)
    }
    switch change {
    case .missing: return orphans("production does not enforce this key", evidence)
    case .unexpected:
      return
        "a restore from this blueprint comes up without this key: rows without a parent can be written from "
        + "then on."
    case .changed("columns", _, _), .changed("referenced table", _, _), .changed("referenced columns", _, _):
      return orphans("production enforces another key", evidence)
    case .changed("match", _, _):
      return orphans("production counts a key that is partly NULL otherwise", evidence)
    case .changed("validated", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? orphans("production never checked the rows that were there before the key (NOT VALID)", evidence)
        : "a restore from this blueprint does not check the rows it loads, as production did."
    case .changed("on delete", let expected, let found):
      return "when a parent row is removed, a restored database does \(expected) and production \(found)."
    case .changed("on update", let expected, let found):
      return "when a parent's key changes, a restored database does \(expected) and production \(found)."
    case .changed("columns set on delete", _, _):
      return "when a parent row is removed, a restored database sets other columns than production."
    case .changed("deferrability", _, _): return deferrability
    case .changed("triggers", _, let found):
      return found == FacetValue.record([:]).description
        ? "production enforces the key at every change; a restore from this blueprint switches parts of that off."
        : orphans("parts of what enforces the key are switched off in production", evidence)
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a key the blueprint relies on and production does not.
  static func orphans(_ fact: String, _ evidence: Evidence?) -> String {
    Violation.noParent.consequence(
      evidence,
      assumed: "\(fact): rows without a parent may exist, and a restore from this blueprint stops when it "
        + "creates the key.")
  }
}
