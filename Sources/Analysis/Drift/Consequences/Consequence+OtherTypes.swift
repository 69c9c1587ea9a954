extension Consequence {
  /// The sentence for a composite type.
  static func compositeType(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing, .unexpected: return typePresence(change)
    case .changed("attributes", _, _):
      return
        "columns and functions of this type take rows of another shape: a restore from this blueprint may stop "
        + "at production's values."
    case .changed("attribute comments", _, _):
      return "a restore from this blueprint brings back the blueprint's comments on the attributes."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a range type.
  static func rangeType(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing, .unexpected: return typePresence(change)
    case .changed("subtype", _, _):
      return
        "production's bounds may not fit the blueprint's: a restore from this blueprint may stop at them."
    case .changed("operator class", _, _), .changed("collation", _, _):
      return
        "ranges of this type are ordered otherwise after a restore: one may overlap another that it does not today."
    case .changed("canonical function", _, _):
      return "after a restore other ranges count as equal: unique and exclusion constraints decide otherwise."
    case .changed("difference function", _, _):
      return "GiST indexes over this type are cut otherwise after a restore, and may be slower."
    case .changed("multirange type", let expected, let found):
      return "after a restore the type of several ranges is called \(expected): what names \(found) fails."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a base type.
  static func scalarType(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing, .unexpected: return typePresence(change)
    case .changed("input", _, _), .changed("output", _, _), .changed("modifier input", _, _),
      .changed("modifier output", _, _), .changed("delimiter", _, _):
      return
        "values of this type are written and read otherwise after a restore: what production wrote may be refused."
    case .changed("receive", _, _), .changed("send", _, _):
      return "clients that take values of this type in binary form may not understand them after a restore."
    case .changed("length", _, _), .changed("passed by value", _, _), .changed("alignment", _, _):
      return
        "values of this type are laid out otherwise after a restore: functions built for production's layout fail."
    case .changed("storage", _, _), .changed("analyze", _, _):
      return
        "values of this type are stored or planned for otherwise after a restore: the same answers, at another speed."
    case .changed("category", _, _), .changed("preferred", _, _), .changed("collatable", _, _),
      .changed("element", _, _), .changed("subscript", _, _):
      return
        "the server resolves expressions over this type otherwise after a restore: some may fail, or mean another thing."
    case .changed("default", let expected, let found):
      return "rows written after a restore get \(expected) where production gives \(found)."
    case .changed(let fact, let expected, let found): return common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a shell type.
  static func shellType(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production never announced this type: nothing there can name it."
    case .unexpected: "a restore from this blueprint does not announce the type: functions that name it fail."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  private static func typePresence(_ change: SchemaDifference.Change) -> String {
    change == .missing
      ? "production has no such type: the columns drawn with it hold something else, which may not fit."
      : "a restore from this blueprint does not create the type, and stops at the first column that has it."
  }
}
