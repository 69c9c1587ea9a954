import Analysis
import SchemaModel

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

  /// The items of each severity that has any, worst first.
  var bySeverity: [(severity: Severity, items: [Item])] {
    Severity.allCases.compactMap { severity in
      let items = items.filter { $0.difference.severity == severity }
      return items.isEmpty ? nil : (severity, items)
    }
  }
}
