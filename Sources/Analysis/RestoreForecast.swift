import Foundation
import SchemaModel

/// How long a restore will take: as long as the last one of this database took, for as many rows as there are now.
package struct RestoreForecast: Hashable, Sendable {
  /// What the forecast rests on, in words.
  package let basis: String
  private let seconds: [String: Double]

  /// - Parameters:
  ///   - history: drills and restores of the same database, oldest first.
  ///   - rowCount: rows to be restored; `nil` when nobody knows.
  ///   - byteCount: of the archive.
  package init(from history: [DrillRecord], rowCount: Int?, byteCount: Int, day: (Date) -> String) {
    let past = history.last { $0.verdict != .failed && $0.backupRowCount > 0 }
    guard let past else {
      basis = "no drill of this database is in the ledger: a rule of thumb, good for the order of magnitude"
      seconds = Self.ruleOfThumb(rowCount: rowCount, byteCount: byteCount)
      return
    }
    let scale =
      rowCount.map { Double($0) / Double(past.backupRowCount) }
      ?? Double(byteCount) / Double(max(past.backupByteCount, 1))
    basis =
      "the drill of \(day(past.startedAt))"
      + (abs(scale - 1) < 0.005
        ? "" : ", for \(Self.times(scale)) times as many \(rowCount == nil ? "bytes" : "rows")")
    seconds = Dictionary(
      past.timeline.phases.map { phase in
        // Starting a server and printing a definition take as long for many rows as for few.
        (phase.name, Self.fixed.contains(phase.name) ? phase.seconds : phase.seconds * scale)
      }, uniquingKeysWith: +)
  }

  /// Seconds of a phase, by its name in the timeline.
  package subscript(phase: String) -> Double? { seconds[phase] }

  private static let fixed: Set<String> = ["prepare staging", "create tables"]

  /// Rows of a few hundred bytes on two cores: what was measured on a small machine.
  private static func ruleOfThumb(rowCount: Int?, byteCount: Int) -> [String: Double] {
    let rows = Double(rowCount ?? byteCount / 40)
    return [
      "verify archive": Double(byteCount) / 500e6, "create tables": 0.2, "load rows": rows / 400_000,
      "verify content": rows / 1_000_000, "build keys and indexes": 0.1,
      "enforce foreign keys": rows / 2_000_000,
    ]
  }

  private static func times(_ scale: Double) -> String {
    let hundredths = Int((scale * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
