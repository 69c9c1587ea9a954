extension Consequence {
  /// The sentence for an installed extension.
  static func installedExtension(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production does without it: a restore from this blueprint stops on a server that does not offer it."
    case .unexpected:
      "a restore from this blueprint does not create it, and stops at the first object that needs it."
    case .changed("version", let expected, let found):
      "production runs \(found) and not \(expected): what it provides may behave otherwise after a restore."
    case .changed("schema", let expected, let found):
      "a restore from this blueprint puts its objects into \(expected): statements that look in "
        + "\(found) fail."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }
}
