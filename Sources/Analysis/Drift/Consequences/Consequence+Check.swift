import SchemaModel

extension Consequence {
  /// The sentence for a check constraint.
  /// - Parameter isUnchecked: whether the blueprint adds it `NOT VALID`, so that no row can stop it.
  static func check(
    _ change: SchemaDifference.Change, isUnchecked: Bool, evidence: Evidence?
  ) -> String {
    func fails(_ fact: String, _ evidence: Evidence?) -> String {
      isUnchecked
        ? "\(fact): rows that fail it may exist; a restore from this blueprint adds the check without "
          + "trying them."
        : Self.fails(fact, evidence)
    }
    switch change {
    case .missing: return fails("production does not enforce this check", evidence)
    case .unexpected:
      return
        "a restore from this blueprint comes up without this check: rows that fail it can be written "
        + "from then on."
    case .changed("expression", _, _): return fails("production checks something else", evidence)
    case .changed("validated", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? fails("production never checked the rows that were there before the check (NOT VALID)", evidence)
        : "a restore from this blueprint does not check the rows it loads, as production did."
    case .changed("no inherit", _, _):
      return "the check holds for child tables on one side only."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for an exclusion constraint.
  static func exclusion(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production does not enforce this constraint: rows that exclude each other may exist, and a "
        + "restore from this blueprint stops when it creates it."
    case .unexpected:
      "a restore from this blueprint comes up without this constraint: rows that exclude each other can be "
        + "written from then on."
    case .changed("keys", _, _), .changed("operators", _, _), .changed("predicate", _, _):
      "production excludes other rows: a restore from this blueprint stops at the first two that the "
        + "blueprint's constraint does not let stand together."
    case .changed("method", _, _):
      "the constraint is kept by another kind of index: writes may be slower after a restore."
    case .changed("deferrability", _, _): deferrability
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  private static func fails(_ fact: String, _ evidence: Evidence?) -> String {
    Violation.failsCheck.consequence(
      evidence,
      assumed:
        "\(fact): rows that fail it may exist, and a restore from this blueprint stops when it creates the "
        + "check.")
  }
}
