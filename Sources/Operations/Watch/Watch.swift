import Analysis
import Engines
import Foundation
import SchemaModel
import SchemaText

/// A database held against its blueprint for as long as somebody wants it.
///
/// Connects, reads everything, and then waits: for a commit that is announced, for the cheap look to say that
/// something may have changed, for the blueprint's files to change, or for the time at which everything is read anyway.
package final class Watch {
  /// When a watch ends by itself.
  package enum End: Hashable, Sendable {
    case never
    /// After one look.
    case once
    case after(Duration)
    /// When there is news.
    case atNews
  }

  /// How a watch ended.
  package enum Ending: Hashable, Sendable {
    /// As it was meant to; the verdict as of the last sight, `nil` when the database cannot be seen.
    case done(Verdict?)
    case interrupted
  }

  /// What a watch tells others.
  package struct Voice {
    /// Told each event as it happens.
    package var tell: (WatchEvent) throws -> Void
    /// Told what went wrong and does not end the watch.
    package var warn: (String) -> Void

    package init(tell: @escaping (WatchEvent) throws -> Void, warn: @escaping (String) -> Void) {
      self.tell = tell
      self.warn = warn
    }
  }

  private let database: LiveLocation
  private var blueprint: WatchedBlueprint
  private let rules: () -> IgnoreRules
  private let settings: Configuration.Watch
  private let end: End
  private let record: WatchRecord
  private let deliveries: [AlertDelivery]
  private let voice: Voice
  private var state: WatchState
  private var pace: WatchPace
  private var verdict: Verdict?
  private var openWindow: MaintenanceWindow?
  private var hasNews = false
  private let deadline: ContinuousClock.Instant?

  /// - Parameters:
  ///   - name: what people call the database.
  ///   - rules: what is accepted on purpose, asked for at each look because rules end at midnight.
  package init(
    _ database: LiveLocation, named name: String, blueprint: WatchedBlueprint,
    ignoring rules: @escaping () -> IgnoreRules, settings: Configuration.Watch, until end: End,
    record: WatchRecord, deliveries: [AlertDelivery], voice: Voice
  ) {
    self.database = database
    self.blueprint = blueprint
    self.rules = rules
    self.settings = settings
    self.end = end
    self.record = record
    self.deliveries = deliveries
    self.voice = voice
    state = WatchState(
      database: name, blueprint: blueprint.name, told: record.told, last: record.last,
      pipeline: settings.pipeline)
    pace = WatchPace(poll: settings.poll, reread: settings.reread)
    deadline = if case .after(let length) = end { .now + length } else { nil }
  }

  /// Watches until the end.
  ///
  /// - Throws: what keeps the very first look from being taken; what the voice throws. Later trouble is told.
  package func run() throws -> Ending {
    var watch = try database.watch(since: record.statementsSince)
    openWindow = window
    let first = try sight(with: watch)
    try voice.tell(standing(.started, reason: Self.words(watch.manner, poll: settings.poll)))
    try tell(first)
    // What was there before is no change to wait for.
    hasNews = false
    while true {
      do {
        let ending = try follow(watch)
        try close(ending)
        return ending
      } catch let error as EngineError where error.kind != .interrupted && error.isPassing {
        try lose(error)
        guard let again = try reopen() else {
          let ending = Interruption.isRequested ? Ending.interrupted : .done(nil)
          try close(ending)
          return ending
        }
        watch = again
      } catch {
        guard Interruption.isRequested else { throw error }
        try close(.interrupted)
        return .interrupted
      }
    }
  }

  /// Waits and looks until the end, or until the connection fails.
  private func follow(_ watch: any ChangeWatch) throws -> Ending {
    while true {
      if isOver { return .done(verdict) }
      let wake = try watch.wait(until: min(pace.nextMoment, deadline ?? pace.nextMoment))
      switch wake {
      case .interrupted: return .interrupted
      case .announced: pace.noteAnnouncement()
      case .deadline:
        if pace.isPollDue { try poll(watch) }
      }
      if pace.isLookDue { try look(with: watch) }
    }
  }

  private var isOver: Bool {
    switch end {
    case .never: false
    case .once: true
    case .after: deadline.map { .now >= $0 } ?? false
    case .atNews: hasNews
    }
  }

  /// The cheap look, and everything else that can make a real one due.
  private func poll(_ watch: any ChangeWatch) throws {
    pace.notePoll()
    let before = watch.manner
    if try watch.hasChanged() { pace.noteSuspicion() }
    if watch.manner != before { voice.warn("now " + Self.words(watch.manner, poll: settings.poll)) }
    // What was seen is still so, unless a look has to say otherwise.
    if !pace.isLookWanted, !state.isBlind {
      record.stillSeen(at: Date(), complain: voice.warn)
    }
    if blueprint.isStale {
      do { try blueprint.renew() } catch {
        voice.warn("\(blueprint.name) cannot be read again, the blueprint before it holds: \(error.fact)")
      }
      pace.noteSuspicion()
    }
    if window != openWindow {
      openWindow = window
      pace.noteSuspicion()
    }
  }

  /// Reads everything; trouble that does not end the connection makes the watch blind until it has passed.
  private func look(with watch: any ChangeWatch) throws {
    do {
      try tell(try sight(with: watch))
    } catch let error as EngineError where error.kind != .interrupted && !error.isPassing {
      try lose(error)
      pace.noteFailure()
    }
  }

  /// The database as it is now, and what there is to tell of it.
  private struct Telling {
    let events: [WatchEvent]
    let schema: Schema
    let fingerprint: Fingerprint
    /// Since when it is so, and when it was seen.
    let from: Date
    let at: Date
  }

  private func sight(with watch: any ChangeWatch) throws -> Telling {
    let start = ContinuousClock.now
    let seen = try watch.look()
    let schema = seen.schema
    let (fingerprint, report) = try ParallelWork.both(
      { Fingerprint(of: schema) },
      { DriftReport(blueprint: blueprint.schema, live: schema, ignoring: rules()) })
    let sight = WatchState.Sight(
      schema: schema, fingerprint: fingerprint.hexadecimal, report: report,
      statements: record.news(among: seen.statements))
    pace.noteLook(taking: .now - start)
    let now = Date()
    let events = state.see(sight, at: now, lastSeen: record.lastSeen, maintenance: openWindow)
    verdict = report.comparison.verdict
    let madeAt = events.last { !$0.statements.isEmpty }?.changedAt ?? now
    return Telling(
      events: events, schema: schema, fingerprint: fingerprint, from: min(madeAt, now), at: now)
  }

  /// First whoever waits is told; to write a large structure down takes its time.
  private func tell(_ telling: Telling) throws {
    try tell(telling.events)
    record.saw(
      telling.schema, fingerprint: telling.fingerprint, from: telling.from, at: telling.at,
      complain: voice.warn)
  }

  private func lose(_ error: EngineError) throws {
    record.lostSight(complain: voice.warn)
    verdict = nil
    // What libpq says of a lost connection is long and says no more.
    let reason = error.message + (error.isPassing ? "" : error.detail.first.map { " (\($0))" } ?? "")
    try tell(state.lose(because: reason, at: Date(), lastSeen: record.lastSeen, maintenance: openWindow))
  }

  /// Connects anew, with a pause that doubles up to half a minute; `nil` when the watch is to end first.
  private func reopen() throws -> (any ChangeWatch)? {
    var pause = Duration.milliseconds(200)
    while true {
      let next = ContinuousClock.now + pause
      if Interruption.pause(until: min(next, deadline ?? next)) { return nil }
      if let deadline, .now >= deadline { return nil }
      pause = min(pause * 2, .seconds(30))
      do {
        let watch = try database.watch(since: record.statementsSince)
        openWindow = window
        try tell(try sight(with: watch))
        return watch
      } catch is EngineError {
        // Told once already; only seeing it again is news.
        if Interruption.isRequested { return nil }
      }
    }
  }

  private func tell(_ events: [WatchEvent]) throws {
    for event in events {
      record.keep(event, complain: voice.warn)
      if event.isAlert {
        hasNews = true
        try voice.tell(event)
        let document = try RecordDocument.text(of: event, isPretty: false)
        for delivery in deliveries { delivery.send(document) }
      }
    }
  }

  private func close(_ ending: Ending) throws {
    record.close(complain: voice.warn)
    let isInterrupted = ending == .interrupted
    for delivery in deliveries { delivery.finish(within: isInterrupted ? .seconds(1) : .seconds(20)) }
    if end != .once { try voice.tell(standing(.stopped, reason: isInterrupted ? "asked to end" : nil)) }
  }

  private func standing(_ kind: WatchEvent.Kind, reason: String?) -> WatchEvent {
    var event = state.standing(kind, at: Date(), reason: reason)
    if state.isBlind { event.verdict = nil }
    return event
  }

  /// The maintenance window that is open now.
  private var window: MaintenanceWindow? {
    let now = Date()
    return settings.maintenance.first { $0.contains(now) }
  }

  private static func words(_ manner: WatchManner, poll: Duration) -> String {
    switch manner {
    case .announced: "woken by event triggers"
    case .recorded(let reason): "looking every \(DurationText.text(poll)), for \(reason)"
    case .polled(let reason):
      "looking every \(DurationText.text(poll)); who makes a change is not known: \(reason)"
    }
  }
}

extension EngineError {
  /// Whether the connection itself is gone, so that only a new one can see again.
  fileprivate var isPassing: Bool {
    switch kind {
    case .connectionLost, .unreachable, .authentication, .notFound: true
    case .permission, .damaged, .diskFull, .timeout, .interrupted, .violation, .unsupported, .refused: false
    }
  }
}

extension Error {
  /// The error in one line, for a warning.
  var fact: String {
    switch self {
    case let error as OperationError: error.message
    case let error as EngineError: error.message
    case let error as DocumentError: error.message
    case _: "\(self)"
    }
  }
}
