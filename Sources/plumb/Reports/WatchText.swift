import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

/// The events of a watch: a calm line each for people, or a JSON object a line.
struct WatchText {
  private let format: ReportFormat
  private let console: Console

  init(_ format: ReportFormat, on console: Console) {
    self.format = format
    self.console = console
  }

  /// Prints an event at once.
  func print(_ event: WatchEvent) throws {
    switch format {
    case .json: try console.print(try RecordDocument.text(of: event, isPretty: false))
    case .text: for line in Self.lines(event, style: console.style) { try console.print(line) }
    }
  }

  /// How many differences are listed below the line of an event that has several.
  private static let mostListed = 8

  /// The event's line, and below it what the line has no room for.
  static func lines(_ event: WatchEvent, style: Style) -> [String] {
    let time = style(.dim, MomentText.text(event.at))
    let words = event.text.withVisibleControls
    var lines = [time + "  " + (role(event).map { style($0, words) } ?? words)]
    switch event.event {
    case .drift, .started, .stopped, .changed, .inLine:
      let listed =
        event.event == .drift ? event.appeared.map { "+ \($0)" } + event.gone.map { "gone: \($0)" } : []
      if listed.count > 1 {
        lines += listed.prefix(mostListed).map { "    " + $0.withVisibleControls }
        let rest = listed.count - mostListed
        if rest > 0 { lines.append("    and \(HumanText.count(rest)) more") }
      }
    case .blind, .sighted: break
    }
    return lines
  }

  private static func role(_ event: WatchEvent) -> Style.Role? {
    switch event.event {
    case .drift: .bad
    case .inLine, .sighted: .good
    case .blind: .warning
    case .started, .changed, .stopped: nil
    }
  }
}
