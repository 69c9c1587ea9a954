import Foundation
import SchemaModel

/// What the ledger knows of a database's past.
package struct WatchHistory: Hashable, Sendable {
  /// A time in which nobody watched.
  package struct Gap: Hashable, Sendable, Codable {
    package var from: Date
    package var until: Date
    /// Whether the structure was another one afterwards.
    package var isChanged: Bool
  }

  /// One line of a history.
  package enum Entry: Hashable, Sendable {
    case event(WatchEvent)
    case gap(Gap)

    /// When it was, for the order.
    package var at: Date {
      switch self {
      case .event(let event): event.changedAt
      case .gap(let gap): gap.from
      }
    }
  }

  package let database: String
  /// All stretches in which somebody watched, oldest first.
  package let spans: [WatchedSpan]
  /// Changes and what was told of them, oldest first.
  package let events: [WatchEvent]
  /// The times in between.
  package let gaps: [Gap]

  /// - Parameter since: leaves out gaps that ended earlier.
  package init(database: String, spans: [WatchedSpan], events: [WatchEvent], since: Date?) {
    self.database = database
    self.spans = spans
    // Not being seen is told by the gaps.
    self.events = events.filter { [.drift, .inLine, .changed].contains($0.event) }
    gaps = Self.gaps(between: spans).filter { gap in since.map { gap.until >= $0 } ?? true }
  }

  /// Everything in the order of time; of the gaps those that are worth a line: longer than a quarter of an hour, or
  /// with a change in them.
  package var entries: [Entry] {
    let begin = events.first?.changedAt
    let told = gaps.filter { gap in
      let isLong = gap.until.timeIntervalSince(gap.from) >= 900
      return (isLong || gap.isChanged) && (begin.map { gap.until >= $0 } ?? true)
    }
    return (events.map { .event($0) } + told.map { .gap($0) }).sorted { $0.at < $1.at }
  }

  /// Spans may overlap when several watches ran at a time.
  private static func gaps(between spans: [WatchedSpan]) -> [Gap] {
    guard var last = spans.first else { return [] }
    var gaps: [Gap] = []
    for span in spans.dropFirst() {
      if span.from > last.until {
        gaps.append(Gap(from: last.until, until: span.from, isChanged: span.fingerprint != last.fingerprint))
      }
      if span.until >= last.until { last = span }
    }
    return gaps
  }
}
