extension Consequence {
  /// The sentence for a row security policy.
  static func policy(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production has no such policy: rows are shown or hidden there by the other policies alone, and by this one too "
        + "after a restore."
    case .unexpected:
      "a restore from this blueprint leaves the policy out: a permissive one then hides its rows, a restrictive one "
        + "no longer does."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed: "other rows are seen or written through row security after a restore than in production."
    }
  }

  /// The sentence for a role.
  static func role(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production speaks of no such role: a restore from this blueprint makes it and what it may do."
    case .unexpected:
      "the blueprint does not know the role: what production grants it is gone after a restore."
    case .changed("member of", _, _):
      "the role has other rights by membership on a server built from this blueprint."
    case .changed("settings", _, _):
      "sessions of the role begin with other settings on a server built from this blueprint."
    case .changed("parameter privileges", _, _):
      "the role may change other settings of the server than in production."
    case .changed("connection limit", _, _):
      "the role may open another number of connections on a server built from this blueprint."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed: "the role may do other things on a server built from this blueprint than in production."
    }
  }

  /// The sentence for default privileges.
  static func defaultPrivileges(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production grants nothing of the kind: what is made there later has other rights."
    case .unexpected:
      "a restore from this blueprint leaves them out: what is made after it has other rights than in production."
    case .changed: "what is made after a restore from this blueprint has other rights than in production."
    }
  }

  /// The sentence for rights on what PostgreSQL or an extension brought.
  static func changedPrivileges(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production left its rights as they were brought: somebody may do there what a restore forbids, or cannot do what "
        + "it allows."
    case .unexpected:
      "a restore from this blueprint brings it with its first rights: what production granted or forbade on it is gone."
    case .changed: "a restore from this blueprint hands out other rights on it than production has."
    }
  }

  /// The sentence for a security label.
  static func securityLabel(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such label: the security module treats the object otherwise there."
    case .unexpected:
      "a restore from this blueprint leaves the label out: the security module loses its word on it."
    case .changed: "the security module treats the object otherwise after a restore from this blueprint."
    }
  }

  /// The sentence for what is set for the database as a whole.
  static func database(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has none of what the blueprint sets for the whole database."
    case .unexpected: "a restore from this blueprint sets nothing for the whole database, as production does."
    case .changed("settings", _, _), .changed("role settings", _, _):
      "sessions begin with other settings after a restore: paths, time limits or formats may change under them."
    case .changed("connection limit", _, _): "another number of sessions is let in after a restore."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
