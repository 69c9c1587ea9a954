import Operations
import SchemaModel
import SchemaText
import Terminal

/// What counting found, for people and as the document `plumb/check`.
enum CheckText {
  static func lines(_ report: CheckReport, of place: String, style: Style) -> [String] {
    var lines = [headline(report, of: place, style: style)]
    for finding in report.findings { lines += [""] + self.lines(finding, style: style) }
    if !report.unchecked.isEmpty {
      lines += ["", style(.warning, "Could not be counted:")]
      for unchecked in report.unchecked {
        lines.append("  \(name(unchecked.constraint)): \(unchecked.reason)")
      }
      for hint in Set(report.unchecked.compactMap(\.hint)).sorted() {
        lines.append("  " + style(.strong, "hint:") + " \(hint)")
      }
    }
    return lines
  }

  private static func headline(_ report: CheckReport, of place: String, style: Style) -> String {
    let counted =
      "\(HumanText.count(report.checkedConstraintCount, "constraint")) counted"
      + limits(of: report.scope).map { "; \($0)" }.joined()
    if !report.findings.isEmpty {
      return style(.bad, "VIOLATED")
        + ": \(HumanText.count(report.violatingRowCount, "row")) of \(place) break "
        + "\(HumanText.count(report.findings.count, "constraint")) (\(counted))"
    }
    if !report.unchecked.isEmpty {
      return style(.warning, "COULD NOT TELL")
        + ": \(HumanText.count(report.unchecked.count, "constraint")) of \(place) could not be counted (\(counted))"
    }
    return style(.good, "CLEAN") + ": no row of \(place) breaks a constraint (\(counted))"
  }

  /// What was asked for, when that is less than everything.
  private static func limits(of scope: CheckScope) -> [String] {
    func list(_ words: [String]) -> String { words.joined(separator: ", ") }
    let kinds = CheckScope.Kind.allCases.filter(scope.kinds.contains).map(\.rawValue)
    return (kinds.isEmpty ? [] : ["only of kind \(list(kinds))"])
      + (scope.only.isEmpty ? [] : ["only of \(list(scope.only.map(\.text)))"])
      + (scope.except.isEmpty ? [] : ["without \(list(scope.except.map(\.text)))"])
  }

  private static func lines(_ finding: CheckReport.Finding, style: Style) -> [String] {
    let count = style(.bad, HumanText.count(finding.violatingRowCount, "row"))
    var lines = [
      "\(style(.strong, name(finding.constraint))) (\(finding.origin.rawValue))",
      "  \(count): \(finding.reason)",
    ]
    if !finding.sampleColumns.isEmpty {
      var table = TextTable(finding.sampleColumns.map { .text($0) })
      for row in finding.samples { table.add(row.map { .init($0 ?? "NULL") }) }
      lines += table.lines(style: style, indent: 4)
      let others = finding.violatingRowCount - finding.samples.count
      if others > 0 { lines.append("    ... and \(HumanText.count(others)) more") }
    }
    if !finding.withheldColumns.isEmpty {
      lines.append("  not shown, sensitive: \(finding.withheldColumns.joined(separator: ", "))")
    }
    lines.append("  to see them all:")
    return lines + finding.listSQL.split(separator: "\n").map { "    " + style(.dim, String($0)) }
  }

  private static func name(_ constraint: ConstraintReference) -> String {
    constraint.kind == .column
      ? "\(constraint.table).\(constraint.name) NOT NULL"
      : "\(constraint.kind.label) \(constraint.name) of \(constraint.table)"
  }

  static func json(_ report: CheckReport) -> String {
    let findings = report.findings.map { finding -> FacetValue in
      .record([
        "kind": .text(finding.constraint.kind.label), "table": .text(finding.constraint.table.description),
        "name": .text(finding.constraint.name), "origin": .text(finding.origin.rawValue),
        "violatingRows": .number(finding.violatingRowCount), "reason": .text(finding.reason),
        "sampleColumns": finding.sampleColumns.facetValue, "samples": finding.samples.facetValue,
        "withheldColumns": finding.withheldColumns.facetValue, "sql": .text(finding.listSQL),
      ])
    }
    let unchecked = report.unchecked.map { item -> FacetValue in
      var fields: [String: FacetValue] = [
        "kind": .text(item.constraint.kind.label), "table": .text(item.constraint.table.description),
        "name": .text(item.constraint.name), "reason": .text(item.reason),
      ]
      fields["hint"] = item.hint.map { .text($0) }
      return .record(fields)
    }
    var document: [String: FacetValue] = [
      "format": .text("plumb/check"), "version": .number(1),
      "checkedConstraints": .number(report.checkedConstraintCount), "findings": .list(findings),
      "unchecked": .list(unchecked),
    ]
    if !report.scope.isEverything {
      let kinds = CheckScope.Kind.allCases.filter(report.scope.kinds.contains).map(\.rawValue)
      document["scope"] = .record([
        "kinds": kinds.facetValue, "only": report.scope.only.map(\.text).facetValue,
        "except": report.scope.except.map(\.text).facetValue,
      ])
    }
    return JSONWriter.text(of: .record(document))
  }
}
