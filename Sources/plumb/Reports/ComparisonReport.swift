import Analysis
import SchemaModel
import Terminal

/// A comparison or a drift report as every form of print sees it.
struct ComparisonReport {
  /// One difference; a plain comparison tells no consequences.
  struct Item {
    var difference: SchemaDifference
    var consequence: String?
    /// The position of the flaw that explains it.
    var flaw: Int?
  }

  /// `drift` or `diff`.
  let command: String
  /// What people call the two sides.
  let from: String
  let to: String
  let verdict: Verdict
  /// How many objects the first side has.
  let objectCount: Int
  let items: [Item]
  let flaws: [ClassicFlaw]
  let comparison: SchemaComparison

  init(
    _ comparison: SchemaComparison, flaws: [ClassicFlaw], from: String, to: String, objectCount: Int
  ) {
    command = "diff"
    (self.from, self.to, self.objectCount) = (from, to, objectCount)
    verdict = comparison.verdict
    items = comparison.differences.map { Item(difference: $0) }
    self.flaws = flaws
    self.comparison = comparison
  }

  init(_ report: DriftReport, blueprint: String, live: String, objectCount: Int) {
    command = "drift"
    (from, to, self.objectCount) = (blueprint, live, objectCount)
    verdict = report.verdict
    items = report.findings.map {
      Item(difference: $0.difference, consequence: $0.consequence, flaw: $0.flaw)
    }
    flaws = report.flaws
    comparison = report.comparison
  }

  /// The kinds of objects that were seen on either side and not compared, sorted.
  var unseenKinds: [String] {
    Set((comparison.notComparedInFirst + comparison.notComparedInSecond).map(\.kind)).sorted()
  }

  /// The differences that are accepted on purpose, each with its reason.
  var ignoredLines: [String] {
    comparison.ignored.map { "\(ComparisonText.line($0.difference, style: .plain)) (\($0.rule.reason))" }
  }

  /// The rules that accept nothing any more, one clause each.
  var expiredClauses: [String] {
    comparison.expiredRules.map {
      "the rule of plumb.yaml, line \($0.line), held until \($0.until ?? ""): \($0.reason)"
    }
  }

  /// The items of each severity that has any, worst first.
  var bySeverity: [(severity: Severity, items: [Item])] {
    Severity.allCases.compactMap { severity in
      let items = items.filter { $0.difference.severity == severity }
      return items.isEmpty ? nil : (severity, items)
    }
  }
}
