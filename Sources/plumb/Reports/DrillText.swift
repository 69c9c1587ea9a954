import SchemaModel
import Terminal

/// A drill's report for people: the answer first, then what it rests on.
enum DrillText {
  static func lines(_ record: DrillRecord, style: Style) -> [String] {
    [verdict(record, style: style), ""] + RestoreDetailText.lines(record, style: style)
  }

  /// The first line: what the person on call needs to know.
  private static func verdict(_ record: DrillRecord, style: Style) -> String {
    let duration = HumanText.duration(.seconds(record.timeline.seconds))
    let rows = HumanText.count(record.restoredRowCount, "row")
    let aside = record.setAside.reduce(0) { $0 + $1.rowCount }
    switch record.verdict {
    case .proven where record.provider != nil:
      return style(.good, "PROVEN") + " \(record.backup): \(rows) counted in \(record.database), "
        + "\(HumanText.count(record.enforcedConstraintCount, "constraint")) hold, in \(duration)"
    case .proven:
      return style(.good, "PROVEN") + " \(record.backup): \(rows) restored and equal, "
        + "\(HumanText.count(record.enforcedConstraintCount, "constraint")) enforced, in \(duration)"
    case .provenWithFindings:
      var words = record.provider == nil ? "\(rows) restored" : "\(rows) recovered"
      if aside > 0 { words += ", \(HumanText.count(aside, "row")) set aside" }
      return style(.warning, "PROVEN, WITH FINDINGS") + " \(record.backup): \(words), "
        + "\(HumanText.count(record.enforcedConstraintCount, "constraint")) enforced, in \(duration)"
    case .failed: return style(.bad, "NOT GOOD") + " \(record.backup): do not rely on this backup"
    }
  }
}
