import Foundation

/// Something a watch has to tell: one line of `plumb watch --format json`, what a webhook and a command get, and what
/// the ledger keeps.
///
/// Fields are only ever added.
package struct WatchEvent: Hashable, Sendable, Codable {
  /// What happened.
  package enum Kind: String, Hashable, Sendable, Codable {
    /// The watch has begun and says how things stand.
    case started
    /// The database differs from its blueprint, in another way than was told last.
    case drift
    /// It no longer differs.
    case inLine = "in line"
    /// The structure changed and there is nothing new to tell: it was ignored on purpose, or is quiet.
    case changed
    /// The database cannot be seen.
    case blind
    /// It is seen again.
    case sighted
    /// The watch has ended.
    case stopped
  }

  /// One difference from the blueprint.
  package struct Difference: Hashable, Sendable, Codable {
    /// The kind of the object, in words.
    package var kind: String
    package var object: String
    package var severity: String
    /// The difference in one line of words.
    package var line: String
    /// What it means for a restore from the blueprint, in one sentence.
    package var consequence: String

    package init(kind: String, object: String, severity: String, line: String, consequence: String) {
      self.kind = kind
      self.object = object
      self.severity = severity
      self.line = line
      self.consequence = consequence
    }
  }

  package var format = "plumb/watch"
  package var version = 1
  package var event: Kind
  /// When it was seen, by the clock of whoever watches.
  package var at: Date
  /// The event in one sentence.
  package var text = ""
  package var database: String
  package var blueprint: String
  /// The verdict of the comparison in words; `nil` when the database could not be seen.
  package var verdict: String?
  /// The structure's fingerprint.
  package var fingerprint: String?
  /// All differences there are now.
  package var differences: [Difference] = []
  /// The lines of the differences that were not there when differences were told last.
  package var appeared: [String] = []
  /// The lines of those that are there no longer.
  package var gone: [String] = []
  /// How the structure differs from the one that was seen before, each in one line.
  package var changes: [String] = []
  /// The statements that made it so, as far as they were recorded.
  package var statements: [RecordedStatement] = []
  /// Whether a statement was made by somebody else than the declared pipeline; `nil` when that is not known.
  package var isOutsidePipeline: Bool?
  /// The last moment before it at which the structure was still seen as it was.
  package var unchangedUntil: Date?
  /// From when on nobody could see the database.
  package var blindFrom: Date?
  /// The maintenance window in which nobody is told of it.
  package var maintenance: String?
  /// Why, for what is no change.
  package var reason: String?

  package init(_ event: Kind, at: Date, database: String, blueprint: String) {
    self.event = event
    self.at = at
    self.database = database
    self.blueprint = blueprint
  }

  /// Whether somebody has to be told by other ways than the record.
  package var isAlert: Bool {
    switch event {
    case .drift, .inLine, .blind, .sighted: maintenance == nil
    case .started, .changed, .stopped: false
    }
  }

  /// When the change was made: by its last statement, and not before it was still unseen.
  package var changedAt: Date {
    guard let made = statements.map(\.at).max() else { return at }
    return min(at, max(made, unchangedUntil ?? made))
  }
}

/// A stretch of time in which somebody watched and the structure stayed the same.
package struct WatchedSpan: Hashable, Sendable {
  /// The run that watched: spans of one run follow each other without a gap unless it was blind.
  package var run: String
  package var from: Date
  package var until: Date
  package var fingerprint: String

  package init(run: String, from: Date, until: Date, fingerprint: String) {
    self.run = run
    self.from = from
    self.until = until
    self.fingerprint = fingerprint
  }
}
