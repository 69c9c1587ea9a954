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
    case .time(let date):
      "time \(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))"
    case .position(let position): "LSN \(position)"
    case .name(let name): "restore point \(name)"
    }
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
