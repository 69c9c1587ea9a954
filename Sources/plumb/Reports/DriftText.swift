import Analysis
import SchemaModel
import Terminal

/// A drift report for people: the answer, the classic flaws, then every difference with its consequence.
enum DriftText {
  static func lines(
    _ report: DriftReport, blueprint: String, live: String, objectCount: Int, style: Style
  ) -> [String] {
    var lines = DiffText.scope(report.comparison, style: style)
    lines.append(
      DiffText.headline(
        report.verdict, report.findings.count, from: blueprint, to: live, objectCount: objectCount,
        style: style))
    lines += flaws(report.flaws, style: style)
    if !report.findings.isEmpty {
      lines += ["", style(.strong, "Every difference:")]
      for finding in report.findings {
        lines.append("  " + DiffText.line(finding.difference, style: style))
        let why = finding.flaw.map { "see \($0 + 1)" } ?? finding.consequence
        lines.append("    " + style(.dim, "\(finding.difference.severity.label): ") + why)
      }
    }
    return lines + DiffText.limits(report.comparison, style: style)
  }
}

extension DriftText {
  /// The classic flaws, numbered.
  static func flaws(_ flaws: [ClassicFlaw], style: Style) -> [String] {
    guard !flaws.isEmpty else { return [] }
    var lines = ["", style(.strong, "What would stop a restore from this blueprint:")]
    for (number, flaw) in flaws.enumerated() {
      lines.append("  \(number + 1). " + style(.bad, flaw.title) + ": \(flaw.sentence)")
      lines.append("     " + flaw.consequence.firstUppercased)
    }
    return lines
  }
}

extension String {
  /// With its first letter in upper case.
  var firstUppercased: String { prefix(1).uppercased() + dropFirst() }
}
