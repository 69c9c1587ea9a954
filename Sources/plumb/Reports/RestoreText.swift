import SchemaModel
import Terminal

/// A restore's report for people: the answer first.
enum RestoreText {
  static func lines(_ record: DrillRecord, style: Style) -> [String] {
    let duration = HumanText.duration(.seconds(record.timeline.seconds))
    let rows = HumanText.count(record.restoredRowCount, "row")
    let aside = record.setAside.reduce(0) { $0 + $1.rowCount }
    let place = "\(record.backup) into \(record.staging)"
    let constraints = "\(HumanText.count(record.enforcedConstraintCount, "constraint")) enforced"
    let verdict =
      switch record.verdict {
      case .proven: style(.good, "RESTORED") + " \(place): \(rows), \(constraints), in \(duration)"
      case .provenWithFindings:
        style(.warning, "RESTORED, WITH FINDINGS")
          + " \(place): \(rows), \(HumanText.count(aside, "row")) set aside, \(constraints), in \(duration)"
      case .failed: style(.bad, "NOT RESTORED AS IT WAS") + " \(place)"
      }
    return [verdict, ""] + RestoreDetailText.lines(record, style: style)
  }
}
