import SchemaModel

extension Consequence {
  /// The sentence for an enumerated type.
  static func enumType(_ change: SchemaDifference.Change, drawn: EnumType?, live: EnumType?) -> String {
    switch change {
    case .missing:
      "production has no such type: the columns drawn with it hold something else, which may not fit."
    case .unexpected:
      "a restore from this blueprint does not create the type, and stops at the first column that has it."
    case .changed("labels", _, _): labels(drawn: drawn?.labels ?? [], live: live?.labels ?? [])
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  private static func labels(drawn: [String], live: [String]) -> String {
    let unknown = live.filter { !drawn.contains($0) }
    let unheard = drawn.filter { !live.contains($0) }
    if !unknown.isEmpty {
      return "the blueprint does not know \(unknown.joined(separator: ", ")): a restore from it stops at the "
        + "first row that holds such a value."
    }
    if !unheard.isEmpty {
      return "production does not know \(unheard.joined(separator: ", ")): an application that writes it by "
        + "the blueprint is refused."
    }
    return "the labels stand in another order: rows sort and compare otherwise after a restore."
  }
}
