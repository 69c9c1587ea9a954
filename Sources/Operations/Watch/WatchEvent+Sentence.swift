import Foundation
import SchemaModel
import SchemaText

extension WatchEvent {
  /// The event with its sentence.
  package var told: WatchEvent {
    var event = self
    event.text = sentence
    return event
  }

  /// The event in one sentence, without its time.
  private var sentence: String {
    switch event {
    case .started: "watching \(database) against \(blueprint): \(state)" + (reason.map { "; \($0)" } ?? "")
    case .drift: "\(outside)drift: \(news)\(origin)"
    case .inLine:
      (verdict == "same" ? "in line again" : "nothing that is compared differs any more") + origin
    case .changed where maintenance != nil:
      "changed during maintenance: \(Self.summary(of: changes))\(origin)"
    case .changed: "\(outside)changed, and nothing new to tell: \(Self.summary(of: changes))\(origin)"
    case .blind: "cannot see: \(reason ?? database); trying again"
    case .sighted:
      "seeing \(database) again; nobody watched from \(blindFrom.map { MomentText.text($0) } ?? "") until now"
    case .stopped: "stopped watching: \(reason ?? state)"
    }
  }

  /// How things stand.
  private var state: String {
    guard verdict != nil else { return "not seen" }
    switch differences.count {
    case 0 where verdict == "same": return "in line"
    case 0: return "nothing that is compared differs, but not everything is compared"
    case 1: return "1 difference: \(differences[0].line)"
    case let count: return "\(count) differences, the first: \(differences[0].line)"
    }
  }

  private var news: String {
    if appeared.isEmpty { return "\(state) (\(gone.count) gone)" }
    let rest = differences.count - appeared.count
    return Self.summary(of: appeared) + (rest > 0 ? " (\(rest) more told before)" : "")
  }

  private static func summary(of lines: [String]) -> String {
    guard let first = lines.first else { return "nothing that is compared" }
    return lines.count == 1 ? first : "\(lines.count) differences, the first: \(first)"
  }

  private var outside: String { isOutsidePipeline == true ? "outside the pipeline, " : "" }

  /// Who did it, from the last statement.
  private var origin: String {
    guard let last = statements.last else { return "" }
    let more = statements.count > 1 ? " (the last of \(statements.count) statements)" : ""
    return "; \(last.origin): \(last.line)\(more)"
  }
}

extension RecordedStatement {
  /// Who, with what and from where: `by alice with psql from 10.0.0.7`.
  package var origin: String {
    let person = role == sessionRole ? role : "\(role) (logged in as \(sessionRole))"
    let program = application.isEmpty ? "" : " with \(application.singleLine)"
    return "by \(person)\(program)" + (client.map { " from \($0)" } ?? "")
  }

  /// The statement on one line and not too long to read.
  package var line: String {
    let line = text.singleLine
    return line.count <= 160 ? line : line.prefix(157) + "..."
  }
}

extension String {
  /// With every stretch of white space as one space.
  fileprivate var singleLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
