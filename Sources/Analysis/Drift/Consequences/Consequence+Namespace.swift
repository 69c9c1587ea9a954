extension Consequence {
  /// The sentence for a PostgreSQL schema.
  static func namespace(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such schema: nothing the blueprint puts into it is in a backup."
    case .unexpected:
      "a restore from this blueprint leaves the schema out, and has no place for what production keeps in it."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
