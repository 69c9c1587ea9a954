import Operations
import SchemaModel
import SchemaText
import Terminal

/// What is in quarantine, and what went back, for people and as documents.
enum QuarantineText {
  static func lines(_ groups: [QuarantineGroup], of database: String, style: Style) -> [String] {
    let aside = groups.filter(\.policy.takesRows).reduce(0) { $0 + $1.rowCount }
    guard !groups.isEmpty else { return [style(.good, "CLEAN") + " \(database): nothing is set aside"] }
    let verdict =
      aside == 0
      ? style(.good, "NOTHING SET ASIDE") + " in \(database); what policies changed is recorded"
      : style(.warning, "SET ASIDE") + " in \(database): \(HumanText.count(aside, "row"))"
    var table = TextTable([
      .number("rows"), .text("table"), .text("constraint"), .text("policy"), .text("reason"), .text("since"),
    ])
    for group in groups {
      table.add([
        .init(HumanText.count(group.rowCount)), .init(group.table.description), .init(group.constraint),
        .init(group.policy.rawValue), .init(group.reason), .init(group.firstAt),
      ])
    }
    return [verdict, ""] + table.lines(style: style, indent: 2)
      + (aside > 0
        ? ["", "'plumb quarantine return' puts back what satisfies every constraint by now."] : [])
  }

  static func lines(
    _ rows: [QuarantineRecord.Row], of entry: QuarantineRecord.Entry, style: Style
  ) -> [String] {
    var table = TextTable(
      [.text("constraint"), .text("policy"), .text("since")] + entry.columns.map { .text($0) })
    for row in rows {
      table.add(
        [.init(row.constraint), .init(row.policy.rawValue), .init(row.time)]
          + row.values.map { .init($0 ?? "NULL") })
    }
    return ["\(entry.table):"] + table.lines(style: style, indent: 2) + [""]
  }

  static func lines(_ report: ReturnReport, style: Style) -> [String] {
    let count = report.returned.reduce(0) { $0 + $1.rowCount }
    let left = report.left.reduce(0) { $0 + $1.rowCount }
    let verb = report.isDryRun ? "COULD BE RETURNED" : "RETURNED"
    var words =
      style(count > 0 ? .good : .warning, verb) + " to \(report.database): \(HumanText.count(count, "row"))"
    if left > 0 { words += ", \(HumanText.count(left, "row")) cannot go back yet" }
    var lines = [words]
    if !report.returned.isEmpty {
      var table = TextTable([
        .number("rows"), .text("table"), .text("had been taken out by"), .text("policy"),
      ])
      for group in report.returned {
        table.add([
          .init(HumanText.count(group.rowCount)), .init(group.table.description), .init(group.constraint),
          .init(group.policy.rawValue),
        ])
      }
      lines += [""] + table.lines(style: style, indent: 2)
    }
    if !report.left.isEmpty {
      var table = TextTable([
        .number("rows"), .text("table"), .text("constraint"), .text("what stands against it"),
      ])
      for group in report.left {
        table.add([
          .init(HumanText.count(group.rowCount)), .init(group.table.description), .init(group.constraint),
          .init(group.reason),
        ])
      }
      lines += ["", style(.warning, "Still in quarantine:")] + table.lines(style: style, indent: 2)
    }
    return lines
  }

  static func json(_ groups: [QuarantineGroup], of database: String) throws -> String {
    try RecordDocument.text(of: Document(database: database, groups: groups))
  }

  private struct Document: Encodable {
    var format = "plumb/quarantine"
    var version = 1
    var database: String
    var groups: [QuarantineGroup]
  }
}
