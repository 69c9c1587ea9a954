extension Consequence {
  /// The sentence for a user mapping.
  static func userMapping(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .changed("options", _, _):
      "after a restore the role appears elsewhere by another name or means: its sign-in may fail. Secrets are never compared."
    case .missing, .unexpected, .changed: foreignAccess(change)
    }
  }

  /// The sentence for a foreign data wrapper or a foreign server.
  static func foreignAccess(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such way to data elsewhere: foreign tables drawn on it are not there."
    case .unexpected:
      "a restore from this blueprint leaves it out: foreign tables that need it cannot be read."
    case .changed("handler", _, _), .changed("validator", _, _), .changed("wrapper", _, _):
      "data elsewhere is reached by other functions after a restore: foreign tables may fail or answer otherwise."
    case .changed("type", _, _), .changed("version", _, _), .changed("options", _, _):
      "after a restore foreign tables look in another place than production, or in another way."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a publication.
  static func publication(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production publishes nothing by this name: whoever subscribes by the blueprint is refused."
    case .unexpected:
      "a restore from this blueprint publishes nothing by this name: its subscribers stop receiving."
    case .changed("all tables", _, _), .changed("tables", _, _), .changed("schemas", _, _):
      "subscribers receive other tables, columns or rows after a restore than from production."
    case .changed("operations", let expected, let found):
      "after a restore subscribers are told of \(expected), from production of \(found)."
    case .changed("via root", _, _):
      "changes of partitions go out under another table's name after a restore: subscribers may not have it."
    case .changed("generated columns", _, _):
      "subscribers receive generated columns on one side only: their tables must fit."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a subscription.
  static func subscription(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production takes no rows by this subscription: its tables there are filled otherwise, or not."
    case .unexpected:
      "a restore from this blueprint takes no rows by this subscription: its tables stand still."
    case .changed("publications", _, _): "other rows come in after a restore than in production."
    case .changed("connection", _, _):
      "after a restore rows come in from another place than in production, or none do. Secrets are never compared."
    case .changed("enabled", _, "yes"):
      "production takes rows by this subscription; it is not meant to."
    case .changed("enabled", _, _):
      "production takes no rows: its tables fall behind while the publisher keeps its log for them."
    case .changed("slot", _, _):
      "after a restore another slot is read: the publisher keeps its log for a slot that nobody reads."
    case .changed("options", _, _): "rows come in by other rules after a restore."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
