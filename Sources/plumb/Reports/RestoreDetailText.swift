import SchemaModel
import Terminal

/// What a drill's and a restore's verdict rest on: the timeline, what was set aside, what differs.
enum RestoreDetailText {
  static func lines(_ record: DrillRecord, style: Style) -> [String] {
    var lines = TimelineText.lines(record.timeline, style: style)
    lines += findings(
      "Not restored as it was:", record.problems + record.contentMismatches + record.structureDifferences,
      .bad, style)
    if !record.setAside.isEmpty {
      lines += ["", style(.warning, "Set aside, so that every constraint holds:")]
      lines += setAside(record).lines(style: style, indent: 2)
      if record.provider != nil {
        lines.append(
          "  The database itself calls these constraints valid; a copy of its files has the same rows.")
      } else {
        lines.append(
          "  A plain pg_restore or .dump would have stopped at these keys, or gone on without them.")
      }
    }
    if let handled = record.handled, !handled.isEmpty {
      lines += ["", style(.warning, "Left in their tables by policy:")]
      lines += self.handled(handled).lines(style: style, indent: 2)
    }
    lines += findings(
      "The blueprint says something else:", record.blueprintDifferences ?? [], .warning, style)
    if !record.notCompared.isEmpty {
      lines += ["", "Restored, not compared: " + record.notCompared.joined(separator: ", ")]
    }
    lines += record.notes.map { "Note: \($0)" }
    return lines
  }

  private static func setAside(_ record: DrillRecord) -> TextTable {
    var table = TextTable([
      .number("rows"), .text("table"), .text("constraint"), .text("reason"), .text("now in"),
    ])
    for group in record.setAside {
      let mark = group.policy == .delete ? ", deleted on purpose" : ""

      table.add([
        .init(HumanText.count(group.rowCount)),
        .init((group.database.map { "\($0): " } ?? "") + group.table.description), .init(group.constraint),
        .init(group.reason), .init(group.quarantine.description + mark),
      ])
    }
    return table
  }

  private static func handled(_ outcomes: [PolicyOutcome]) -> TextTable {
    var table = TextTable([
      .number("rows"), .text("table"), .text("constraint"), .text("reason"), .text("what was done"),
    ])
    for outcome in outcomes {
      table.add([
        .init(HumanText.count(outcome.rowCount)), .init(outcome.table.description), .init(outcome.constraint),
        .init(outcome.reason), .init(words(of: outcome)),
      ])
    }
    return table
  }

  private static func words(of outcome: PolicyOutcome) -> String {
    let record = outcome.record.map { ", recorded in \($0)" } ?? ""
    return switch outcome.policy {
    case .null: "set to NULL\(record)"
    case .phantom:
      "\(HumanText.count(outcome.phantomCount ?? 0, "row")) made in \(outcome.phantomTable?.description ?? "the parent")"
        + record
    case .keep: "kept: the constraint is NOT VALID"
    case .quarantine, .delete: "set aside"
    }
  }

  private static func findings(
    _ title: String, _ lines: [String], _ role: Style.Role, _ style: Style
  ) -> [String] {
    lines.isEmpty ? [] : ["", style(role, title)] + lines.map { "  " + $0.withVisibleControls }
  }
}
