extension Consequence {
  /// The sentence for a table as such.
  static func table(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      return "production has no such table: a backup holds no rows for it, and a restore leaves it empty."
    case .unexpected:
      return "the blueprint does not know this table: a restore from it has no place for the table's rows."
    case .changed("unlogged", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "a restore from this blueprint makes a table that a crash empties."
        : "production's table is emptied by a crash and absent on a standby: restore it from a backup, "
          + "not a replica."
    case .changed("partition key", _, _):
      return
        "the table is cut otherwise in production: a restore from this blueprint may find no partition "
        + "for a row."
    case .changed("partition of", _, _):
      return
        "the partition takes other rows in production: a restore from this blueprint may refuse some of them."
    case .changed("row security", let expected, let found),
      .changed("row security for the owner", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "production shows rows that the blueprint's policies would hide."
        : "a restore from this blueprint shows rows that production's policies hide."
    case .changed("strict", let expected, let found):
      return isOnlyDrawn(expected: expected, found: found)
        ? "production lets any value into any column: a restore from this blueprint stops at the first "
          + "of another type."
        : "production refuses values of another type than the column's: a restore from this blueprint "
          + "lets them in."
    case .changed("without rowid", _, _):
      return "the table is stored otherwise: statements that use its rowid work on one side only."
    case .changed("inherited triggers", _, _):
      return "triggers that the partition has from its parent run for its rows on one side only."
    case .changed(SchemaDifference.columnOrderFact, _, _):
      return "a load file or statement that names no columns puts values into the wrong ones after a restore."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }
}
