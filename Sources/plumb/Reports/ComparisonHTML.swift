import Analysis
import SchemaModel
import Terminal

/// A comparison as one HTML page that needs nothing beside it.
enum ComparisonHTML {
  static func lines(_ report: ComparisonReport) -> [String] {
    let title = "plumb \(report.command): \(report.verdict.label)"
    var lines = [
      "<!doctype html>", #"<html lang="en">"#, "<head>", #"<meta charset="utf-8">"#,
      #"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
      "<title>\(text(title))</title>",
      "<style>\(style)</style>", "</head>", "<body>", "<main>",
      "<h1 class=\"\(verdictClass(report.verdict))\">\(text(report.verdict.label.firstUppercased))</h1>",
      "<p>\(text(ComparisonText.answer(report).firstUppercased)).</p>",
    ]
    lines += report.comparison.scope.map { "<p class=\"aside\">\(text($0.firstUppercased)).</p>" }
    if !report.flaws.isEmpty {
      lines += ["<h2>What would stop a restore from this blueprint</h2>", "<ol>"]
      lines += report.flaws.map { flaw in
        "<li><strong>\(text(flaw.title))</strong>: \(text(flaw.sentence)) \(text(flaw.consequence.firstUppercased))</li>"
      }
      lines.append("</ol>")
    }
    for (severity, items) in report.bySeverity {
      lines += ["<h2>\(text(severity.label.firstUppercased)) <small>\(items.count)</small></h2>", "<ul>"]
      for item in items {
        let why = item.flaw.map { "See \($0 + 1) above." } ?? item.consequence?.firstUppercased
        lines.append(
          "<li class=\"\(changeClass(item.difference.change))\"><strong>\(text(item.difference.object.description))</strong>"
            + text(ComparisonText.predicate(of: item.difference))
            + (why.map { "<br><span class=\"aside\">\(text($0))</span>" } ?? "") + "</li>")
      }
      lines.append("</ul>")
    }
    lines += list("Seen, not compared", report.unseenKinds + report.comparison.limits)
    lines += list("Ignored on purpose", report.ignoredLines)
    lines += list("Expired", report.expiredClauses.map(\.firstUppercased))
    return lines + ["</main>", "</body>", "</html>"]
  }

  private static func list(_ title: String, _ items: [String]) -> [String] {
    items.isEmpty
      ? [] : ["<h2>\(text(title))</h2>", "<ul>"] + items.map { "<li>\(text($0))</li>" } + ["</ul>"]
  }

  private static func text(_ text: String) -> String { MarkupText.escaped(text) }

  private static func verdictClass(_ verdict: Verdict) -> String {
    switch verdict {
    case .same: "good"
    case .different: "bad"
    case .couldNotTell: "open"
    }
  }

  private static func changeClass(_ change: SchemaDifference.Change) -> String {
    switch change {
    case .missing: "missing"
    case .unexpected: "unexpected"
    case .changed: "changed"
    }
  }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1d2330;background:#fff}
    main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
    h1{margin:0 0 .5rem}h1.good{color:#17663a}h1.bad{color:#a3171f}h1.open{color:#8a5a00}
    h2{margin:2rem 0 .5rem;font-size:1.15rem}small,.aside{color:#596273}
    ul{padding:0;list-style:none}li{padding:.5rem .75rem;border-left:4px solid #c3c9d4;margin:.25rem 0;overflow-wrap:anywhere}
    ol li{border:0}li.missing{border-color:#a3171f}li.unexpected{border-color:#17663a}li.changed{border-color:#8a5a00}
    @media (prefers-color-scheme:dark){body{color:#e4e7ee;background:#14171d}small,.aside{color:#9aa3b5}
    h1.good{color:#6fd39b}h1.bad{color:#ff8a8f}h1.open{color:#f0c060}}
    """
}
