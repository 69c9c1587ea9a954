import Analysis
import SchemaModel
import Terminal

/// A comparison as JUnit XML: a failed test case for each difference, for servers that run builds.
enum ComparisonJUnit {
  static func lines(_ report: ComparisonReport) -> [String] {
    let errors = report.verdict == .couldNotTell ? 1 : 0
    let count = max(1, report.items.count + errors)
    let suite =
      "name=\"plumb \(report.command)\" tests=\"\(count)\" failures=\"\(report.items.count)\" errors=\"\(errors)\""
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites>", "  <testsuite \(suite)>"]
    for item in report.items {
      let object = item.difference.object
      let message = "\(object)\(ComparisonText.predicate(of: item.difference))"
      lines.append(
        "    <testcase classname=\"\(escaped(object.kind.label))\" name=\"\(escaped(object.path))\">")
      lines.append(
        "      <failure type=\"\(escaped(item.difference.severity.label))\" message=\"\(escaped(message))\">"
          + escaped(item.consequence ?? message) + "</failure>")
      lines.append("    </testcase>")
    }
    if errors > 0 {
      lines.append("    <testcase classname=\"plumb\" name=\"everything was compared\">")
      lines.append("      <error message=\"\(escaped(ComparisonText.answer(report)))\"/>")
      lines.append("    </testcase>")
    } else if report.items.isEmpty {
      lines.append("    <testcase classname=\"plumb\" name=\"\(escaped(ComparisonText.answer(report)))\"/>")
    }
    return lines + ["  </testsuite>", "</testsuites>"]
  }

  private static func escaped(_ text: String) -> String { MarkupText.escaped(text) }
}
