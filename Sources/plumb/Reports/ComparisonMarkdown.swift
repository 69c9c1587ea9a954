import Analysis
import SchemaModel
import Terminal

/// A comparison as Markdown, for a pull request or a wiki.
enum ComparisonMarkdown {
  static func lines(_ report: ComparisonReport) -> [String] {
    var lines = [
      "## plumb \(report.command): \(report.verdict.label)", "", escaped(ComparisonText.answer(report)) + ".",
    ]
    for sentence in report.comparison.scope { lines += ["", "_\(escaped(sentence.firstUppercased))._"] }
    if !report.flaws.isEmpty {
      lines += ["", "### What would stop a restore from this blueprint", ""]
      for (number, flaw) in report.flaws.enumerated() {
        lines.append(
          "\(number + 1). **\(flaw.title)**: \(escaped(flaw.sentence)) \(escaped(flaw.consequence.firstUppercased))"
        )
      }
    }
    for (severity, items) in report.bySeverity {
      lines += ["", "### \(severity.label.firstUppercased) (\(items.count))", ""]
      let hasConsequences = items.contains { $0.consequence != nil }
      lines.append(hasConsequences ? "| object | difference | consequence |" : "| object | difference |")
      lines.append(hasConsequences ? "|---|---|---|" : "|---|---|")
      for item in items {
        let predicate = ComparisonText.predicate(of: item.difference).drop { $0 == ":" || $0 == " " }
        var cells = [item.difference.object.description, String(predicate)]
        if hasConsequences { cells.append(item.flaw.map { "see \($0 + 1)" } ?? item.consequence ?? "") }
        lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
      }
    }
    let unseen = report.unseenKinds
    if !unseen.isEmpty {
      lines += ["", "### Seen, not compared", ""]
      lines += unseen.map { "- \(escaped($0))" }
    }
    lines += report.comparison.limits.map { "- limit: \(escaped($0))" }
    let ignored = report.ignoredLines
    if !ignored.isEmpty {
      lines += ["", "### Ignored on purpose", ""]
      lines += ignored.map { "- \(escaped($0))" }
    }
    return lines + report.expiredClauses.map { "\n**Expired**: \(escaped($0))" }
  }

  /// Text that Markdown would take for markup, taken literally.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.withVisibleControls {
      if "\\`*_{}[]<>#|".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
