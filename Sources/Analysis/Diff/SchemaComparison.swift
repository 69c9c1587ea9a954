import SchemaModel

/// What a comparison of two schemas found, and what it could not look at.
package struct SchemaComparison: Hashable, Sendable {
  /// By object, an owner before its members, and by fact in the order of the facet table.
  package var differences: [SchemaDifference]
  /// What was seen in the first schema and not compared.
  package var notComparedInFirst: [NotCompared]
  /// What was seen in the second schema and not compared.
  package var notComparedInSecond: [NotCompared]
  /// Why the comparison as such is narrower than asked for, each a sentence's words.
  package var limits: [String]
  /// What was compared and what was left out because a source cannot say it, each a sentence's words.
  ///
  /// Empty when both sides can say everything. It takes nothing from the verdict: "same" means all it can say.
  package var scope: [String]
  /// A difference that a rule of `plumb.yaml` accepts.
  package struct Ignored: Hashable, Sendable {
    package var difference: SchemaDifference
    package var rule: IgnoreRule
  }

  /// What was found and is accepted on purpose; it takes nothing from the verdict.
  package var ignored: [Ignored] = []
  /// Rules that no longer hold, and so ignore nothing.
  package var expiredRules: [IgnoreRule] = []

  package init(
    differences: [SchemaDifference], notComparedInFirst: [NotCompared], notComparedInSecond: [NotCompared],
    limits: [String], scope: [String] = []
  ) {
    self.differences = differences
    self.notComparedInFirst = notComparedInFirst
    self.notComparedInSecond = notComparedInSecond
    self.limits = limits
    self.scope = scope
  }

  /// The answer in one word: "same" only when everything was compared.
  package var verdict: Verdict {
    if !differences.isEmpty { return .different }
    let sawAll = notComparedInFirst.isEmpty && notComparedInSecond.isEmpty && limits.isEmpty
    return sawAll ? .same : .couldNotTell
  }
}

/// The answer to whether two schemas are the same.
package enum Verdict: String, CaseIterable, Hashable, Sendable {
  /// Everything was compared and nothing differs.
  case same
  case different
  /// Nothing that was compared differs, and something was not compared.
  case couldNotTell = "could not tell"

  /// The verdict in words, as reports print it and JSON holds it.
  package var label: String { rawValue }
}
