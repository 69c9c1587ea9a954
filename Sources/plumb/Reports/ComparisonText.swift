import Analysis
import SchemaModel
import Terminal

/// A comparison for people: the answer, the classic flaws, every difference, and a summary in one line last.
enum ComparisonText {
  static func lines(_ report: ComparisonReport, style: Style) -> [String] {
    var lines = scope(report.comparison, style: style) + [headline(report, style: style)]
    if !report.flaws.isEmpty {
      lines += ["", style(.strong, "What would stop a restore from this blueprint:")]
      for (number, flaw) in report.flaws.enumerated() {
        lines.append("  \(number + 1). " + style(.bad, flaw.title) + ": \(flaw.sentence.withVisibleControls)")
        lines.append("     " + flaw.consequence.firstUppercased.withVisibleControls)
      }
    }
    for (severity, items) in report.bySeverity {
      lines += ["", style(.strong, heading(severity, items.count))]
      for item in items {
        lines.append("  " + line(item.difference, style: style))
        if let why = item.flaw.map({ "see \($0 + 1)" }) ?? item.consequence {
          lines.append("    " + why.withVisibleControls)
        }
      }
    }
    lines += limits(report, style: style) + ignored(report, style: style)
    return lines + summary(report)
  }

  /// What was compared, before anything else, when a source says less than a database.
  private static func scope(_ comparison: SchemaComparison, style: Style) -> [String] {
    comparison.scope.map { style(.dim, $0.firstUppercased + ".") }
  }

  private static func headline(_ report: ComparisonReport, style: Style) -> String {
    style(VerdictText.role(report.verdict), report.verdict.label.uppercased()) + ": " + answer(report)
  }

  /// The verdict as a sentence, without its word.
  static func answer(_ report: ComparisonReport) -> String {
    let objects = HumanText.count(report.objectCount, "object")
    switch report.verdict {
    case .same: return "\(report.to) is what \(report.from) says (\(objects) compared)"
    case .different:
      let count = HumanText.count(report.items.count, "difference")
      return "\(count) between \(report.from) and \(report.to) (\(objects) compared)"
    case .couldNotTell:
      return "nothing that was compared differs (\(objects)), but not everything was compared"
    }
  }

  private static func heading(_ severity: Severity, _ count: Int) -> String {
    "\(severity.label.firstUppercased) (\(HumanText.count(count)))"
  }

  /// One difference: a sign, the object, what is expected and what was found.
  static func line(_ difference: SchemaDifference, style: Style) -> String {
    let object = style(.strong, difference.object.description.withVisibleControls)
    return "\(sign(of: difference, style: style)) \(object)\(predicate(of: difference))"
  }

  private static func sign(of difference: SchemaDifference, style: Style) -> String {
    switch difference.change {
    case .missing: style(.removed, "-")
    case .unexpected: style(.added, "+")
    case .changed: style(.changed, "~")
    }
  }

  /// What is said of the object, with the space or colon before it.
  static func predicate(of difference: SchemaDifference) -> String {
    let guess = difference.renameGuess.map { " (\($0))" } ?? ""
    switch difference.change {
    case .missing: return " is missing\(guess)"
    case .unexpected: return " is not expected\(guess)"
    case .changed(let fact, let expected, let found):
      return ": \(fact) is \(found.inline), expected \(expected.inline)"
    }
  }

  /// What the comparison could not look at.
  private static func limits(_ report: ComparisonReport, style: Style) -> [String] {
    let comparison = report.comparison
    let first = Dictionary(
      comparison.notComparedInFirst.map { ($0.kind, $0) }, uniquingKeysWith: { one, _ in one })
    let second = Dictionary(
      comparison.notComparedInSecond.map { ($0.kind, $0) }, uniquingKeysWith: { one, _ in one })
    let kinds = report.unseenKinds
    var lines: [String] = []
    if !kinds.isEmpty {
      var table = TextTable([.text("seen, not compared"), .number("expected"), .number("found"), .text("")])
      for kind in kinds {
        let names = (second[kind] ?? first[kind]).map(NotComparedText.names(of:)) ?? ""
        table.add([
          .init(kind), .init(HumanText.count(first[kind]?.count ?? 0)),
          .init(HumanText.count(second[kind]?.count ?? 0)),
          .init(names, .dim),
        ])
      }
      lines += [""] + table.lines(style: style, indent: 2)
    }
    return lines + comparison.limits.map { "  " + style(.warning, "limit:") + " \($0)" }
  }

  private static func ignored(_ report: ComparisonReport, style: Style) -> [String] {
    let ignored = report.ignoredLines
    let heading = ignored.isEmpty ? [] : ["", style(.strong, "Ignored on purpose:")]
    return heading + ignored.map { "  " + style(.dim, $0) }
      + report.expiredClauses.map { style(.warning, "expired:") + " \($0)" }
  }

  /// One line, after an empty one; none where the answer has said it all.
  private static func summary(_ report: ComparisonReport) -> [String] {
    let parts = report.bySeverity.map { clause($0.severity, $0.items.count) }
    let ignored = report.comparison.ignored.count
    guard !parts.isEmpty || ignored > 0 else { return [] }
    let found =
      parts.isEmpty
      ? "No difference"
      : "\(HumanText.count(report.items.count, "difference")): \(parts.joined(separator: ", "))"
    return ["", found + (ignored > 0 ? "; \(HumanText.count(ignored)) ignored on purpose." : ".")]
  }
}

extension ComparisonText {
  /// `2 break a restore`.
  private static func clause(_ severity: Severity, _ count: Int) -> String {
    let isOne = count == 1
    let verb =
      switch severity {
      case .breaksRestore: isOne ? "breaks a restore" : "break a restore"
      case .breaksApplication: isOne ? "breaks an application" : "break an application"
      case .security: isOne ? "touches security" : "touch security"
      case .performance: isOne ? "costs performance" : "cost performance"
      case .cosmetic: isOne ? "is cosmetic" : "are cosmetic"
      }
    return "\(HumanText.count(count)) \(verb)"
  }
}

extension String {
  /// With its first letter in upper case.
  var firstUppercased: String { prefix(1).uppercased() + dropFirst() }

  /// A value on one line and not too long to read; control characters are spelled out.
  fileprivate var inline: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ").withVisibleControls
    let short = line.count <= 160 ? line : line.prefix(157) + "..."
    return short.contains(" ") ? "'\(short)'" : short
  }
}
