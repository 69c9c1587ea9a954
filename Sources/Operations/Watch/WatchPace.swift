/// When to look next: soon after an announcement, and never so often that looking becomes a load.
struct WatchPace {
  private let poll: Duration
  private let reread: Duration
  private var nextPoll: ContinuousClock.Instant
  private var nextReread: ContinuousClock.Instant
  /// When a look is due that something has asked for.
  private var wanted: ContinuousClock.Instant?
  /// Until when announcements may put the look off, so that a migration is one report.
  private var latest: ContinuousClock.Instant?
  private var lastLook: (end: ContinuousClock.Instant, length: Duration)

  /// How long it must be still after an announcement, and how long that may take in all.
  private static let (stillness, longestWait): (Duration, Duration) = (.milliseconds(60), .milliseconds(500))
  /// A look that a mere suspicion asks for may take a tenth of the time, an announced one half of it.
  private static let rest = 9

  init(poll: Duration, reread: Duration) {
    self.poll = poll
    self.reread = reread
    lastLook = (.now, .zero)
    nextPoll = .now + poll
    nextReread = .now + reread
  }

  /// The next moment at which something is to be done.
  var nextMoment: ContinuousClock.Instant { min(nextPoll, wanted ?? nextPoll) }
  var isPollDue: Bool { .now >= nextPoll }
  var isLookWanted: Bool { wanted != nil }
  var isLookDue: Bool { wanted.map { .now >= $0 } ?? false }

  /// A commit was announced.
  mutating func noteAnnouncement() {
    let now = ContinuousClock.now
    let last = latest ?? now + Self.longestWait
    latest = last
    let still = min(now + Self.stillness, last)
    wanted = max(still, lastLook.end + lastLook.length)
  }

  /// The cheap look was taken.
  mutating func notePoll() {
    nextPoll = .now + poll
    if .now >= nextReread { noteSuspicion() }
  }

  /// Something may have changed.
  mutating func noteSuspicion() {
    let due = max(.now, lastLook.end + lastLook.length * Self.rest)
    wanted = min(wanted ?? due, due)
  }

  /// Everything was read.
  mutating func noteLook(taking length: Duration) {
    lastLook = (.now, length)
    wanted = nil
    latest = nil
    nextReread = .now + reread
  }

  /// Everything was to be read, and could not be.
  mutating func noteFailure() {
    lastLook = (.now, lastLook.length)
    wanted = .now + poll
    latest = nil
  }
}
