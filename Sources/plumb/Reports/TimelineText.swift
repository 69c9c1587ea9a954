import SchemaModel
import Terminal

/// A timeline as a table: phase, time, rows, rate.
enum TimelineText {
  static func lines(_ timeline: Timeline, style: Style) -> [String] {
    var table = TextTable([.text("phase"), .number("time"), .number("rows"), .number("rate"), .text("")])
    for phase in timeline.phases {
      let duration = Duration.seconds(phase.seconds)
      table.add([
        .init(phase.name), .init(HumanText.duration(duration)),
        .init(phase.rowCount.map { HumanText.count($0) } ?? ""),
        .init(phase.rowCount.map { HumanText.rate($0, "rows", in: duration) } ?? ""),
        .init(note(phase), .dim),
      ])
    }
    table.add([
      .init("total", .strong), .init(HumanText.duration(.seconds(timeline.seconds)), .strong), "", "", "",
    ])
    return table.lines(style: style, indent: 2)
  }

  private static func note(_ phase: Timeline.Phase) -> String {
    [phase.byteCount.map { HumanText.bytes($0) }, phase.note].compactMap(\.self).joined(separator: ", ")
  }
}
