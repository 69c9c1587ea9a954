import Engines
import Foundation
import Ledger
import SchemaModel
import SchemaText

/// A database at a moment of the past, as a watch saw it: `postgres://host/shop@2026-11-20T14:02`.
package struct RecordedMoment: Hashable, Sendable {
  /// The database's name in the ledger.
  let database: String
  let moment: Date
  let engine: DatabaseEngine?
  package let displayName: String

  /// What follows the last `@`, when that is a moment; `nil` when it is none.
  init?(_ text: String) throws {
    guard let sign = text.lastIndex(of: "@"),
      let moment = MomentText.read(String(text[text.index(after: sign)...]))
    else { return nil }
    let location = try SchemaLocation(String(text[..<sign]))
    let live = try location.requiredLive()
    (database, self.moment, engine) = (live.ledgerName, moment, live.engine)
    displayName = "\(location.displayName)@\(MomentText.text(moment))"
  }
}

extension LiveLocation {
  /// The name under which the ledger keeps the database, the same whoever connects and from whichever folder.
  package var ledgerName: String {
    switch self {
    case .postgres(let place):
      // Without a name the database is called like the user.
      place["dbname"] == nil ? place.displayName : place.setting("user", to: nil).displayName
    case .sqlite(let path): "sqlite:\(URL(fileURLWithPath: path).standardizedFileURL.path)"
    }
  }
}

extension SchemaReader {
  /// The schema as a watch saw it at a moment.
  ///
  /// A moment that nobody watched is answered when the structure was the same before and after it.
  func reading(at recorded: RecordedMoment) throws -> Reading {
    guard let ledgerPath, FileManager.default.fileExists(atPath: ledgerPath) else {
      throw OperationError(
        "there is no ledger that could know \(recorded.displayName)",
        detail: ["looked for \(ledgerPath ?? "one")"],
        hint: "'plumb watch' keeps what it sees in the ledger; run this in the folder where it runs.")
    }
    let ledger = try Ledger(path: ledgerPath)
    let spans = try ledger.spans(of: recorded.database)
    guard let first = spans.first, let end = spans.map(\.until).max() else {
      throw OperationError(
        "\(recorded.displayName): that database was never watched",
        detail: ["the ledger knows " + (try ledger.watchedDatabases().joined(separator: ", "))],
        hint: "'plumb watch' keeps what it sees; or name one of those.")
    }
    let moment = recorded.moment
    guard let before = spans.last(where: { $0.from <= moment }), moment <= end else {
      throw OperationError(
        "\(recorded.displayName): nobody watched at that moment",
        detail: ["it was watched from \(MomentText.text(first.from)) until \(MomentText.text(end))"],
        hint: "Name a moment in between; 'plumb history' lists what changed when.")
    }
    var reading = Reading(schema: Schema(engine: .postgreSQL, serverVersion: ""))
    if moment > before.until {
      guard let after = spans.first(where: { $0.from > moment }) else {
        throw OperationError("\(recorded.displayName): nobody watched at that moment")
      }
      guard after.fingerprint == before.fingerprint else {
        throw OperationError(
          "\(recorded.displayName): nobody watched at that moment, and the structure changed around it",
          detail: [
            "one was seen until \(MomentText.text(before.until)), another from \(MomentText.text(after.from))"
          ],
          hint: "Name one of these two moments.")
      }
      reading.warnings.append(
        "\(recorded.displayName): nobody watched at that moment; the structure was the same at "
          + "\(MomentText.text(before.until)) and at \(MomentText.text(after.from))")
    }
    guard let schema = try ledger.schema(of: recorded.database, seenBefore: moment) else {
      throw OperationError("\(recorded.displayName): nobody watched at that moment")
    }
    reading.schema = schema
    return reading
  }
}
