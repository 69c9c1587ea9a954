extension Consequence {
  /// The sentence for a sequence.
  static func sequence(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such sequence: a backup does not hold where it stands."
    case .unexpected:
      "a restore from this blueprint leaves the sequence out: statements that draw from it fail."
    case .changed("options", _, _):
      "after a restore numbers are drawn by other rules: they may run out sooner, or leave the column's "
        + "range."
    case .changed("owned by", _, _):
      "after a restore the sequence goes with another column than in production, or with none."
    case .changed("unlogged", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore a crash loses where the sequence stands."
        : "production loses where the sequence stands in a crash, and a standby does not have it."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
