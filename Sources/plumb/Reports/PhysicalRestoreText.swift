import Operations
import SchemaModel
import SchemaText
import Terminal

/// What was restored, and what a person has to do next.
enum PhysicalRestoreText {
  static func lines(_ report: PhysicalRestore.Report, style: Style) -> [String] {
    let duration = HumanText.duration(.seconds(report.timeline.seconds))
    var lines = [
      style(.good, "RESTORED")
        + " the files of \(report.backup) into \(report.folder), in \(duration); no server runs on them yet",
      "",
    ]
    lines += TimelineText.lines(report.timeline, style: style)
    lines += report.notes.map { "Note: \($0)" }
    lines += ["", "Next:"]
    lines += report.nextSteps.enumerated().map { "  \($0 + 1). \($1)" }
    return lines
  }

  static func json(_ report: PhysicalRestore.Report) -> String {
    JSONWriter.text(
      of: .record([
        "format": .text("plumb/restored-files"), "version": .number(1), "backup": .text(report.backup),
        "folder": .text(report.folder), "target": .text(report.target.description),
        "milliseconds": .number(Int(report.timeline.seconds * 1000)),
        "notes": .list(report.notes.map { .text($0) }),
        "nextSteps": .list(report.nextSteps.map { .text($0) }),
      ]))
  }
}
