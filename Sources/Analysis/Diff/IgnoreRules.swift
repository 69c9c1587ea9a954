import SchemaModel

/// The rules of `plumb.yaml` that hold here and today.
package struct IgnoreRules: Sendable {
  private let holding: [IgnoreRule]
  private let expired: [IgnoreRule]

  /// - Parameters:
  ///   - environment: the one that is looked at, if it has a name.
  ///   - today: `YYYY-MM-DD`.
  package init(_ rules: [IgnoreRule], environment: String?, today: String) {
    let here = rules.filter { $0.isFor(environment) }
    holding = here.filter { !$0.hasExpired(on: today) }
    expired = here.filter { $0.hasExpired(on: today) }
  }

  /// The comparison without what is ignored, which it lists apart, with the rules that have expired.
  package func applied(to comparison: SchemaComparison) -> SchemaComparison {
    var result = comparison
    result.expiredRules = expired
    guard !holding.isEmpty else { return result }
    result.differences = comparison.differences.filter { difference in
      guard let rule = holding.first(where: { $0.ignores(difference) }) else { return true }
      result.ignored.append(SchemaComparison.Ignored(difference: difference, rule: rule))
      return false
    }
    result.notComparedInFirst = comparison.notComparedInFirst.filter { item in
      !holding.contains { $0.ignores(item) }
    }
    result.notComparedInSecond = comparison.notComparedInSecond.filter { item in
      !holding.contains { $0.ignores(item) }
    }
    return result
  }
}

extension IgnoreRule {
  func ignores(_ difference: SchemaDifference) -> Bool {
    if let kind, kind != difference.object.kind.label { return false }
    // What belongs to an ignored table is ignored with it.
    if let name, !name.matches(difference.object.path), !name.matches("\(difference.object.owner)") {
      return false
    }
    guard let fact else { return true }
    return switch difference.change {
    case .missing: fact == "missing"
    case .unexpected: fact == "unexpected"
    case .changed(let changed, _, _): fact == changed
    }
  }

  /// Something that was seen and cannot be compared is ignored by its kind alone, unless all its names are known.
  func ignores(_ item: NotCompared) -> Bool {
    guard kind == item.kind, fact == nil else { return false }
    guard let name else { return true }
    return item.names.count == item.count && item.names.allSatisfy(name.matches)
  }
}
