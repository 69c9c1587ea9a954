import Foundation

/// Up to where a physical backup is recovered.
package enum RecoveryTarget: Hashable, Sendable, CustomStringConvertible {
  /// To the end of the log there is.
  case latest
  /// To the last commit before that moment.
  case time(Date)
  /// To that place in the log.
  case position(LogPosition)
  /// To the restore point of that name (`pg_create_restore_point`).
  case name(String)

  package var description: String {
    switch self {
    case .latest: "the end of the log"
    case .time(let date): "time \(Self.text(date))"
    case .position(let position): "LSN \(position)"
    case .name(let name): "restore point \(name)"
    }
  }

  /// A moment with microseconds, which is what the log counts in: `2026-11-21 14:02:30.123456+00`.
  ///
  /// With an offset and not `Z`: a server that reads its settings knows no names of zones yet.
  package static func text(_ date: Date) -> String {
    let microseconds = (date.timeIntervalSinceReferenceDate * 1_000_000).rounded()
    let seconds = (microseconds / 1_000_000).rounded(.down)
    let fraction = String(Int(microseconds - seconds * 1_000_000))
    let whole = Date(timeIntervalSinceReferenceDate: seconds).formatted(.iso8601)
    return whole.dropLast().replacing("T", with: " ") + "."
      + String(repeating: "0", count: 6 - fraction.count) + fraction + "+00"
  }
}

/// A restore point that was found in the log.
package struct RestorePoint: Hashable, Sendable {
  package var name: String
  package var position: LogPosition
  package var timeline: UInt32

  package init(name: String, position: LogPosition, timeline: UInt32) {
    self.name = name
    self.position = position
    self.timeline = timeline
  }
}
