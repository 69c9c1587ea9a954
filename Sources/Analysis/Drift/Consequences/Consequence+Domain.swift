extension Consequence {
  /// The sentence for a domain.
  static func domainType(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      return "production has no such domain: values of the columns drawn with it were never checked by it."
    case .unexpected:
      return
        "a restore from this blueprint does not create the domain, and stops at the first column that has it."
    case .changed("base type", _, _):
      return
        "production's values may not fit the blueprint's type: a restore from this blueprint may stop "
        + "at them."
    case .changed("not null", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "columns of this domain may hold NULL in production, and a restore from this blueprint stops "
          + "at the first."
        : "a restore that follows the blueprint may write NULL here and is refused by production's NOT NULL."
    case .changed("checks", _, _):
      return
        "production checks these values otherwise: a restore from this blueprint stops at the first that "
        + "fails the blueprint's check."
    case .changed("collation", _, _):
      return "values of this domain sort and compare otherwise after a restore."
    case .changed("default", let expected, let found):
      return "rows written after a restore get \(expected) where production gives \(found)."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }
}
