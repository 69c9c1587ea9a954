import SchemaModel
import Terminal

/// A drill's report for people: the answer first, then what it rests on.
enum DrillText {
  static func lines(_ record: DrillRecord, style: Style) -> [String] {
    var lines = [verdict(record, style: style), ""]
    lines += TimelineText.lines(record.timeline, style: style)
    lines += findings("Not restored as it was:", record.problems + record.contentMismatches + record.structureDifferences, .bad, style)
    if !record.setAside.isEmpty {
      lines += ["", style(.warning, "Set aside, so that every constraint holds:")]
      lines += setAside(record).lines(style: style, indent: 2)
      lines.append("  A plain pg_restore or .dump would have stopped at these keys, or gone on without them.")
    }
    lines += findings("The blueprint says something else:", record.blueprintDifferences ?? [], .warning, style)
    if !record.notCompared.isEmpty {
      lines += ["", "Restored, not compared: " + record.notCompared.joined(separator: ", ")]
    }
    lines += record.notes.map { "Note: \($0)" }
    return lines
  }

  /// The first line: what the person on call needs to know.
  private static func verdict(_ record: DrillRecord, style: Style) -> String {
    let duration = HumanText.duration(.seconds(record.timeline.seconds))
    let rows = HumanText.count(record.restoredRowCount, "row")
    let aside = record.setAside.reduce(0) { $0 + $1.rowCount }
    switch record.verdict {
    case .proven:
      return style(.good, "PROVEN") + " \(record.backup): \(rows) restored and equal, "
        + "\(HumanText.count(record.enforcedConstraintCount, "constraint")) enforced, in \(duration)"
    case .provenWithFindings:
      var words = "\(rows) restored"
      if aside > 0 { words += ", \(HumanText.count(aside, "row")) set aside" }
      return style(.warning, "PROVEN, WITH FINDINGS") + " \(record.backup): \(words), "
        + "\(HumanText.count(record.enforcedConstraintCount, "constraint")) enforced, in \(duration)"
    case .failed: return style(.bad, "NOT GOOD") + " \(record.backup): do not rely on this backup"
    }
  }

  private static func setAside(_ record: DrillRecord) -> TextTable {
    var table = TextTable([.number("rows"), .text("table"), .text("constraint"), .text("reason"), .text("now in")])
    for group in record.setAside {
      table.add([
        .init(HumanText.count(group.rowCount)), .init(group.table.description), .init(group.constraint),
        .init(group.reason), .init(group.quarantine.description),
      ])
    }
    return table
  }

  private static func findings(_ title: String, _ lines: [String], _ role: Style.Role, _ style: Style) -> [String] {
    lines.isEmpty ? [] : ["", style(role, title)] + lines.map { "  " + $0.withVisibleControls }
  }
}
