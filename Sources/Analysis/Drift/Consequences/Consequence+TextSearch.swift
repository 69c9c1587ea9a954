extension Consequence {
  /// The sentence for a collation.
  static func collation(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such collation: texts drawn with it sort and compare otherwise there."
    case .unexpected:
      "a restore from this blueprint does not create the collation, and stops at the first column that has it."
    case .changed("deterministic", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "texts that production takes for equal are two after a restore: look-ups miss rows."
        : "texts that differ in production are equal after a restore: unique keys over them may collide."
    case .changed("provider", _, _), .changed("locale", _, _), .changed("collate", _, _),
      .changed("rules", _, _):
      "texts sort and compare otherwise after a restore, and unique keys over them may collide."
    case .changed("character type", _, _):
      "other characters count as letters after a restore: upper and lower case, and patterns, differ."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a parser, template, dictionary or configuration of text search.
  static func textSearch(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such object of text search: nothing there was found by it."
    case .unexpected:
      "a restore from this blueprint leaves it out: what names it fails, indexes and generated columns among it."
    case .changed("parser", _, _), .changed("mappings", _, _), .changed("template", _, _),
      .changed("options", _, _),
      .changed("start", _, _), .changed("token", _, _), .changed("end", _, _), .changed("token types", _, _),
      .changed("initialization", _, _), .changed("lexize", _, _):
      "texts are cut into other words after a restore: a search finds other rows than in production."
    case .changed("headline", _, _): "the excerpts a search shows differ after a restore."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a statistics object.
  static func statistics(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "the planner knows less in production than the blueprint asks for: plans may be worse there."
    case .unexpected:
      "the planner knows less after a restore from this blueprint: plans may be worse than in production."
    case .changed("table", _, _), .changed("columns", _, _), .changed("expressions", _, _),
      .changed("kinds", _, _),
      .changed("target", _, _):
      "the planner learns something else of these values after a restore: it may choose other plans."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
