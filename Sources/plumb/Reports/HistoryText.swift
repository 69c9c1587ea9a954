import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

/// A history as lines for people, or as the document `plumb/history`.
enum HistoryText {
  static func lines(_ history: WatchHistory, style: Style) -> [String] {
    let first = history.spans.first?.from ?? Date()
    let last = history.spans.map(\.until).max() ?? first
    let count = history.events.isEmpty ? "no change" : HumanText.count(history.events.count, "change")
    var lines = [
      "\(history.database): \(count), watched from \(MomentText.text(first)) until \(MomentText.text(last))"
    ]
    for entry in history.entries {
      switch entry {
      case .gap(let gap):
        let end = gap.isChanged ? "; the structure was another one afterwards" : ""
        lines.append(
          style(.dim, MomentText.text(gap.from)) + "  "
            + style(.warning, "nobody watched until \(MomentText.text(gap.until))\(end)"))
      case .event(let event): lines += self.lines(event, style: style)
      }
    }
    return lines
  }

  private static func lines(_ event: WatchEvent, style: Style) -> [String] {
    let state =
      event.differences.isEmpty
      ? style(.good, "in line with the blueprint")
      : style(.bad, HumanText.count(event.differences.count, "difference") + " from the blueprint")
    let who = Set(event.statements.map(\.origin)).sorted().joined(separator: "; ")
    let outside = event.isOutsidePipeline == true ? ", " + style(.warning, "outside the pipeline") : ""
    let quiet = event.maintenance.map { ", during maintenance (\($0))" } ?? ""
    let head =
      style(.dim, MomentText.text(event.changedAt)) + "  " + state + ", "
      + (who.isEmpty ? "nobody knows who" : who) + outside + quiet
    let facts =
      event.changes.isEmpty
      ? event.appeared.map { "differs: \($0)" } + event.gone.map { "gone: \($0)" } : event.changes
    return [head] + facts.map { "    " + $0.withVisibleControls }
      + event.statements.map { "    " + style(.dim, "\($0.tag): \($0.line)".withVisibleControls) }
  }

  static func json(_ history: WatchHistory) throws -> String {
    try RecordDocument.text(of: Document(history))
  }

  /// The document; its contract is `Documentation/JSON.md`.
  struct Document: Encodable {
    struct Span: Encodable {
      var from: Date
      var until: Date
      var fingerprint: String
    }

    var format = "plumb/history"
    var version = 1
    var database: String
    var events: [WatchEvent]
    var watched: [Span]
    var unwatched: [WatchHistory.Gap]

    init(_ history: WatchHistory) {
      database = history.database
      events = history.events
      watched = history.spans.map { Span(from: $0.from, until: $0.until, fingerprint: $0.fingerprint) }
      unwatched = history.gaps
    }
  }
}
