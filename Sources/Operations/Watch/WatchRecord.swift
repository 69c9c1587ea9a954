import Engines
import Foundation
import Ledger
import SchemaModel
import SchemaText

/// A watch's part of the ledger: what an earlier run left, and what this one adds.
///
/// A ledger that cannot be written is told of once and does not end a watch.
package final class WatchRecord {
  private let ledger: Ledger?
  /// The database's name in the ledger.
  private let database: String
  /// Tells this run apart from others.
  private let run: String
  private var span: (number: Int, fingerprint: Fingerprint)?
  private var lastExtension = ContinuousClock.now
  private var hasFailed = false
  /// Statements that were handed out, with when they were carried out.
  private var known: [Statement: Date] = [:]

  /// What tells one recorded statement from another.
  private struct Statement: Hashable {
    var transaction: Int
    var tag: String
    var text: String

    init(_ statement: RecordedStatement) {
      (transaction, tag, text) = (statement.transaction, statement.tag, statement.text)
    }
  }

  /// The lines that were told last; `nil` when nothing was.
  let told: [String]?
  /// The structure that was seen last.
  let last: Schema?
  /// When the database was seen last.
  private(set) var lastSeen: Date?

  /// Reads what an earlier run left.
  ///
  /// - Parameter ledger: `nil` keeps nothing.
  package init(_ ledger: Ledger?, of database: String, at moment: Date) throws {
    self.ledger = ledger
    self.database = database
    run = "\(RecordDocument.time(moment)) \(UInt32.random(in: 0...UInt32.max))"
    told = try ledger?.lastTold(of: database)?.differences.map(\.line)
    last = try ledger?.schema(of: database, seenBefore: moment)
    lastSeen = try ledger?.spans(of: database).map(\.until).max()
    for event in try ledger?.watchEvents(of: database, limit: 100) ?? [] {
      for statement in event.statements { known[Statement(statement)] = statement.at }
    }
  }

  /// How long before the last sight a statement may have been carried out whose transaction was committed after it.
  private static let longestTransaction: TimeInterval = 300

  /// From when on recorded statements can have made a difference that was not seen before.
  ///
  /// Where nobody has looked before, that is now: of what was there already, who made it is anybody's guess.
  var statementsSince: Date { lastSeen?.addingTimeInterval(-Self.longestTransaction) ?? Date() }

  /// The statements that were not handed out before.
  func news(among statements: [RecordedStatement]) -> [RecordedStatement] {
    let news = statements.filter { known[Statement($0)] == nil }
    for statement in news { known[Statement(statement)] = statement.at }
    let oldest = statementsSince.addingTimeInterval(-Self.longestTransaction)
    known = known.filter { $0.value >= oldest }
    return news
  }

  /// Notes that a structure is seen.
  ///
  /// - Parameter from: since when it is so.
  func saw(
    _ schema: Schema, fingerprint: Fingerprint, from: Date, at moment: Date, complain: (String) -> Void
  ) {
    lastSeen = moment
    writing(complain) { ledger in
      if let span, span.fingerprint == fingerprint {
        try ledger.extendSpan(span.number, until: moment)
      } else {
        // Until then the structure before it was in force.
        if let span { try ledger.extendSpan(span.number, until: from) }
        // What was not watched before is only known from the sight on.
        let begin = span == nil ? moment : from
        let number = try ledger.beginSpan(
          of: schema, fingerprint: fingerprint, in: database, run: run, from: begin)
        span = (number, fingerprint)
        try ledger.extendSpan(number, until: moment)
      }
      lastExtension = .now
    }
  }

  /// Notes that the structure has not changed; written down twice a minute.
  func stillSeen(at moment: Date, complain: (String) -> Void) {
    lastSeen = moment
    guard let span, lastExtension + .seconds(30) <= .now else { return }
    lastExtension = .now
    writing(complain) { try $0.extendSpan(span.number, until: moment) }
  }

  /// What is seen next begins a new stretch.
  func lostSight(complain: (String) -> Void) {
    close(complain: complain)
    span = nil
  }

  /// Keeps an event.
  func keep(_ event: WatchEvent, complain: (String) -> Void) {
    writing(complain) { try $0.add(event, of: database) }
  }

  /// The last thing a watch does.
  func close(complain: (String) -> Void) {
    guard let span, let lastSeen else { return }
    writing(complain) { try $0.extendSpan(span.number, until: lastSeen) }
  }

  private func writing(_ complain: (String) -> Void, _ body: (Ledger) throws -> Void) {
    guard let ledger else { return }
    do {
      do { try body(ledger) } catch let error as EngineError where error.kind == .interrupted {
        // Ctrl-C ends one statement: what was told is written down all the same.
        try body(ledger)
      }
    } catch {
      if !hasFailed && !Interruption.isRequested {
        complain("the ledger is not written, and history will miss this: \(error.fact)")
      }
      hasFailed = true
    }
  }
}
