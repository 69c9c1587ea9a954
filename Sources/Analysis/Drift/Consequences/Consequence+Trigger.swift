extension Consequence {
  /// The sentence for a trigger of a table or view.
  static func trigger(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production does nothing where this trigger is drawn: what the blueprint counts on is not done or not refused."
    case .unexpected:
      "a restore from this blueprint comes up without this trigger: what it does or refuses in production is "
        + "left undone, and nothing says so."
    case .changed("fires", let expected, let found): fires("the trigger", expected: expected, found: found)
    case .changed("function", let expected, let found):
      "rows that change call \(expected) after a restore, and \(found) in production."
    case .changed("timing", _, _), .changed("for each row", _, _), .changed("constraint", _, _),
      .changed("deferrability", _, _):
      "the trigger runs at another moment after a restore: what it sees, and what it can still refuse, differs."
    case .changed("events", _, _), .changed("columns", _, _), .changed("condition", _, _):
      "the trigger runs for other changes after a restore than it does in production."
    case .changed("arguments", _, _), .changed("body", _, _):
      "the trigger does something else after a restore than it does in production."
    case .changed("old table", _, _), .changed("new table", _, _):
      "the trigger's function finds the changed rows under another name after a restore, or not at all."
    case .changed("referenced table", _, _):
      "`SET CONSTRAINTS` and locks take another table into account after a restore."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a rule of a table or view.
  static func rule(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production does not rewrite statements as the blueprint says: they do what they say."
    case .unexpected:
      "a restore from this blueprint leaves the rule out: statements that it rewrites in production do what they say."
    case .changed("fires", let expected, let found): fires("the rule", expected: expected, found: found)
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed(SchemaDifference.nameFact, let expected, let found):
      common(SchemaDifference.nameFact, expected: expected, found: found)
    case .changed: "statements on the table are rewritten otherwise after a restore than in production."
    }
  }

  /// The sentence for an event trigger.
  static func eventTrigger(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production does not watch changes of its structure as the blueprint says."
    case .unexpected:
      "a restore from this blueprint leaves the event trigger out: what it records or forbids in production is let pass."
    case .changed("fires", let expected, let found):
      fires("the event trigger", expected: expected, found: found)
    case .changed("event", _, _), .changed("tags", _, _):
      "the event trigger runs at other changes of the structure after a restore."
    case .changed("function", let expected, let found):
      "changes of the structure call \(expected) after a restore, and \(found) in production."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for when something acts by itself.
  static func fires(_ what: String, expected: String, found: String) -> String {
    "\(what) is \(expected) after a restore and \(found) in production: what it does or refuses happens on one "
      + "side only."
  }
}
