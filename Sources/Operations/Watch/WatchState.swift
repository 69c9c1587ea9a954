import Analysis
import Foundation
import SchemaModel
import SchemaText

/// What a watch knows and has told: decides, without a clock or a connection, what is news.
package struct WatchState {
  /// How a database was found at one moment.
  package struct Sight {
    package var schema: Schema
    package var fingerprint: String
    package var report: DriftReport
    /// Statements that were not handed out before.
    package var statements: [RecordedStatement]

    package init(schema: Schema, fingerprint: String, report: DriftReport, statements: [RecordedStatement]) {
      self.schema = schema
      self.fingerprint = fingerprint
      self.report = report
      self.statements = statements
    }
  }

  package let database: String
  private let blueprint: String
  private let pipeline: Set<String>
  /// The lines that were told last; `nil` before anything was.
  private var told: Set<String>?
  private var last: (schema: Schema, fingerprint: String)?
  /// Statements of which nobody was told because of maintenance.
  private var withheld: [RecordedStatement] = []
  private var blindness: (from: Date, reason: String)?
  /// How things stood when they were last seen.
  package private(set) var current: WatchEvent?

  /// - Parameters:
  ///   - told: the lines that an earlier run told last; `nil` when none did.
  ///   - last: the structure that an earlier run saw last.
  ///   - pipeline: the applications and roles by which changes are meant to be made.
  package init(database: String, blueprint: String, told: [String]?, last: Schema?, pipeline: [String]) {
    self.database = database
    self.last = last.map { ($0, Fingerprint(of: $0).hexadecimal) }
    self.blueprint = blueprint
    self.told = told.map(Set.init)
    self.pipeline = Set(pipeline)
  }

  /// Whether the database cannot be seen now.
  package var isBlind: Bool { blindness != nil }

  /// What is to be told of a sight, in order.
  ///
  /// - Parameters:
  ///   - lastSeen: the last moment at which the structure was known to be as it was.
  ///   - maintenance: the window that is open, if one is.
  package mutating func see(
    _ sight: Sight, at moment: Date, lastSeen: Date?, maintenance: MaintenanceWindow?
  ) -> [WatchEvent] {
    var events = regain(at: moment, maintenance: maintenance)
    var event = event(.changed, at: moment, sight)
    event.unchangedUntil = lastSeen
    event.maintenance = maintenance?.description
    let isNew = last?.fingerprint != sight.fingerprint
    if isNew, let last { event.changes = Self.lines(of: Diff.compare(from: last.schema, to: sight.schema)) }
    let isFirst = last == nil
    last = (sight.schema, sight.fingerprint)
    current = event

    let lines = event.differences.map(\.line)
    let before = told ?? []
    event.appeared = lines.filter { !before.contains($0) }
    event.gone = before.subtracting(lines).sorted()
    guard maintenance == nil else {
      withheld += sight.statements
      event.statements = sight.statements
      if isNew && !isFirst { events.append(judged(event)) }
      return events
    }
    event.statements = withheld + sight.statements
    let isNews = !event.appeared.isEmpty || !event.gone.isEmpty
    if isNews {
      event.event = lines.isEmpty ? .inLine : .drift
      events.append(judged(event))
    } else if isNew && !isFirst {
      events.append(judged(event))
    }
    told = Set(lines)
    withheld = []
    return events
  }

  /// What is to be told when the database cannot be seen; nothing when that was told.
  ///
  /// - Parameter lastSeen: the last moment at which it could.
  package mutating func lose(
    because reason: String, at moment: Date, lastSeen: Date?, maintenance: MaintenanceWindow?
  ) -> [WatchEvent] {
    guard blindness == nil else { return [] }
    let from = lastSeen ?? moment
    blindness = (from, reason)
    var event = WatchEvent(.blind, at: moment, database: database, blueprint: blueprint)
    event.reason = reason
    event.blindFrom = from
    event.maintenance = maintenance?.description
    return [event.told]
  }

  /// How things stand, for the beginning and the end of a watch.
  package func standing(_ kind: WatchEvent.Kind, at moment: Date, reason: String?) -> WatchEvent {
    var event = current ?? WatchEvent(kind, at: moment, database: database, blueprint: blueprint)
    event.event = kind
    event.at = moment
    event.reason = reason
    event.maintenance = nil
    event.unchangedUntil = nil
    event.changes = []
    return event.told
  }

  private mutating func regain(at moment: Date, maintenance: MaintenanceWindow?) -> [WatchEvent] {
    guard let blind = blindness else { return [] }
    blindness = nil
    var event = WatchEvent(.sighted, at: moment, database: database, blueprint: blueprint)
    event.reason = blind.reason
    event.blindFrom = blind.from
    event.maintenance = maintenance?.description
    return [event.told]
  }

  private func event(_ kind: WatchEvent.Kind, at moment: Date, _ sight: Sight) -> WatchEvent {
    var event = WatchEvent(kind, at: moment, database: database, blueprint: blueprint)
    event.verdict = sight.report.comparison.verdict.label
    event.fingerprint = sight.fingerprint
    event.differences = sight.report.findings.map { finding in
      WatchEvent.Difference(
        kind: finding.difference.object.kind.label, object: finding.difference.object.path,
        severity: finding.difference.severity.label, line: finding.difference.line,
        consequence: finding.consequence)
    }
    return event
  }

  /// With what its statements say of the pipeline, and its sentence.
  private func judged(_ event: WatchEvent) -> WatchEvent {
    var event = event
    if !pipeline.isEmpty, !event.statements.isEmpty {
      event.isOutsidePipeline = event.statements.contains { statement in
        pipeline.isDisjoint(with: [statement.application, statement.role, statement.sessionRole])
      }
    }
    return event.told
  }

  /// A change as people tell it: what the later structure has and the earlier has not.
  private static func lines(of comparison: SchemaComparison) -> [String] {
    comparison.differences.map { difference in
      switch difference.change {
      case .missing where difference.object.kind == .database: "the database lost its own settings and rights"
      case .unexpected where difference.object.kind == .database:
        "the database got settings or rights of its own"
      case .missing: "\(difference.object) was dropped"
      case .unexpected: "\(difference.object) was created"
      case .changed(let fact, let before, let after):
        "\(difference.object): \(fact) was \(before), is \(after)"
      }
    }
  }
}
