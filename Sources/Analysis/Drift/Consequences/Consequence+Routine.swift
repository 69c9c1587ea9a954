extension Consequence {
  /// The sentence for a function or a procedure.
  static func routine(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such routine: whoever calls it by the blueprint fails today."
    case .unexpected:
      "a restore from this blueprint leaves the routine out: calls, triggers and defaults that use it fail."
    case .changed("body", _, _):
      "the routine does something else after a restore than it does in production."
    case .changed("arguments", _, _), .changed("argument defaults", _, _):
      "calls that name arguments or leave them out work on one side only."
    case .changed("result", _, _): "callers get another type of answer after a restore."
    case .changed("form", let expected, let found):
      "it is called as a \(found) in production and must be called as a \(expected) after a restore."
    case .changed("language", let expected, let found):
      "the routine is written in \(expected) after a restore, in production in \(found)."
    case .changed("volatility", let expected, let found):
      "a restored database takes the answers for \(expected), production for \(found): indexes, and how often "
        + "it is called, depend on it."
    case .changed("strict", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore a NULL argument gives NULL without a call; production calls the routine."
        : "after a restore the routine is called with NULLs that production never shows it."
    case .changed("leakproof", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore it may see rows that row security hides, because it is trusted not to tell."
        : "after a restore it is no longer trusted with rows that row security hides: queries get slower."
    case .changed("security definer", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore the routine runs with its owner's rights, and lets callers do what production refuses."
        : "after a restore the routine runs with its caller's rights: what it does for them in production is refused."
    case .changed("settings", _, _):
      "the routine runs under other settings after a restore: names in it may mean other objects."
    case .changed("transformed types", _, _):
      "the routine's code is handed other values for the same arguments after a restore."
    case .changed("parallel", _, _), .changed("cost", _, _), .changed("rows", _, _),
      .changed("support function", _, _):
      "queries that call the routine are planned otherwise after a restore: the same answers, at another speed."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for an aggregate.
  static func aggregate(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such aggregate: whoever uses it by the blueprint fails today."
    case .unexpected: "a restore from this blueprint leaves the aggregate out: queries that use it fail."
    case .changed("combine function", _, _), .changed("serialization function", _, _),
      .changed("deserialization function", _, _), .changed("sort operator", _, _), .changed("parallel", _, _),
      .changed("state size", _, _), .changed("moving frame", _, _):
      "queries that use the aggregate are computed in another way after a restore, faster or slower."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed("owner", let expected, let found): common("owner", expected: expected, found: found)
    case .changed("privileges", let expected, let found):
      common("privileges", expected: expected, found: found)
    case .changed: "the aggregate gives other answers after a restore than in production."
    }
  }
}
