import SchemaModel

extension Consequence {
  /// The sentence for a column.
  static func column(
    _ change: SchemaDifference.Change, drawn: Column?, evidence: Evidence?
  ) -> String {
    switch change {
    case .missing:
      return drawn.map(stopsWithoutValue) == true
        ? "production has no such column: a restore from this blueprint has no value for it, and stops "
          + "at its NOT NULL."
        : "production has no such column: a restore from this blueprint leaves it at its default."
    case .unexpected:
      return
        "the blueprint does not know this column: a restore from it has no place for the column's values."
    case .changed("type", let expected, let found):
      return "production's \(found) may not fit \(expected): a restore from this blueprint may stop while it "
        + "loads this column."
    case .changed("collation", _, _):
      return "rows sort and compare otherwise after a restore, and unique keys over this column may collide."
    case .changed("not null", let expected, let found):
      return nullability(isOnlyDrawn: isOnlyDrawn(expected: expected, found: found), evidence: evidence)
    case .changed("default", let expected, let found):
      return
        "rows written after a restore that give no value get \(expected) where production gives \(found)."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a column that is NOT NULL on one side only.
  static func nullability(isOnlyDrawn: Bool, evidence: Evidence?) -> String {
    guard isOnlyDrawn else {
      return
        "a restore that follows the blueprint may write NULL here and is refused by production's NOT NULL."
    }
    return Violation.holdsNull.consequence(
      evidence,
      assumed:
        "rows with NULL may exist in production, and a restore from this blueprint stops at the first one.")
  }

  private static func stopsWithoutValue(_ column: Column) -> Bool {
    column.isNotNull && column.value == .none
  }
}
