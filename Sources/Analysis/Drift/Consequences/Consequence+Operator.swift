extension Consequence {
  /// The sentence for an operator.
  static func operatorSymbol(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such operator: statements written by the blueprint fail today."
    case .unexpected: "a restore from this blueprint leaves the operator out: statements that use it fail."
    case .changed("function", let expected, let found):
      "the operator calls \(expected) after a restore, and \(found) in production: it may answer otherwise."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed("owner", let expected, let found): common("owner", expected: expected, found: found)
    case .changed:
      "queries with the operator are planned otherwise after a restore: the same answers, at another speed."
    }
  }

  /// The sentence for an operator family or an operator class.
  static func operatorClass(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production cannot build the indexes that are drawn with it."
    case .unexpected: "a restore from this blueprint stops at the first index that is built with it."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed("owner", let expected, let found): common("owner", expected: expected, found: found)
    case .changed("default", _, _):
      "indexes, sorting and keys that name no operator class are built otherwise after a restore."
    case .changed: "indexes that use it sort and find otherwise after a restore, or answer fewer queries."
    }
  }

  /// The sentence for a cast.
  static func cast(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production has no such cast: statements that rely on it by the blueprint fail today."
    case .unexpected: "a restore from this blueprint leaves the cast out: statements that rely on it fail."
    case .changed("method", _, _): "values are turned into the other type in another way after a restore."
    case .changed("context", let expected, let found):
      "the cast is \(expected) after a restore and \(found) in production: statements are understood or refused on "
        + "one side only."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a conversion between encodings.
  static func conversion(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production cannot convert text as the blueprint says."
    case .unexpected:
      "a restore from this blueprint leaves the conversion out: clients of that encoding are refused."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed("owner", let expected, let found): common("owner", expected: expected, found: found)
    case .changed: "text of other encodings is converted otherwise after a restore."
    }
  }

  /// The sentence for a language.
  static func language(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production does not know the language: functions drawn in it cannot be made there."
    case .unexpected:
      "a restore from this blueprint stops at the first function that is written in the language."
    case .changed("trusted", let expected, let found):
      isOnlyDrawn(expected: expected, found: found)
        ? "after a restore everybody may write functions in it, which production allows to superusers alone."
        : "after a restore only superusers may write functions in it."
    case .changed("handler", _, _), .changed("inline handler", _, _), .changed("validator", _, _):
      "functions of the language are run or checked by another handler after a restore."
    case .changed(let fact, let expected, let found): common(fact, expected: expected, found: found)
    }
  }

  /// The sentence for a transform.
  static func transform(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing:
      "production hands the type to the language as text: functions drawn with the transform fail."
    case .unexpected: "a restore from this blueprint stops at the first function that asks for the transform."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed: "functions of the language are handed other values for the same arguments after a restore."
    }
  }

  /// The sentence for an access method.
  static func accessMethod(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "production cannot store the tables or indexes that are drawn with it."
    case .unexpected:
      "a restore from this blueprint stops at the first table or index that is stored with it."
    case .changed("comment", let expected, let found): common("comment", expected: expected, found: found)
    case .changed: "tables or indexes are stored in another way after a restore."
    }
  }
}
