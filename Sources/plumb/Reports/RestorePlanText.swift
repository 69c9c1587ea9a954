import SchemaModel
import SchemaText
import Terminal

/// The plan of a restore as people read it.
enum RestorePlanText {
  /// Tables that are named one by one; of the others only the number is told.
  private static let mostLoads = 12

  /// Prints the plan in a form.
  static func tell(_ plan: RestorePlan, as format: ReportFormat, on console: Console) throws {
    switch format {
    case .json: try console.print(try RecordDocument.text(of: plan).withoutLastLineEnd)
    case .text: for line in lines(plan, style: console.style) { try console.print(line) }
    }
  }

  static func lines(_ plan: RestorePlan, style: Style) -> [String] {
    var lines = ["Plan: \(plan.backup) into \(plan.destination) (\(plan.state))", ""]
    var steps = TextTable([.text("step"), .number("forecast"), .text("")])
    for step in plan.steps {
      steps.add([
        .init(step.name), .init(step.seconds.map { HumanText.duration(.seconds($0)) } ?? ""),
        .init(step.detail, .dim),
      ])
    }
    if let seconds = plan.seconds {
      steps.add([
        .init("about", .strong), .init(HumanText.duration(.seconds(seconds)), .strong),
        .init(plan.basis, .dim),
      ])
    }
    lines += steps.lines(style: style, indent: 2)
    if plan.loads.contains(where: { $0.byteCount > 0 }) { lines += [""] + loads(plan.loads, style: style) }
    lines.append("")
    let needed = plan.neededByteCount.map { "about \(HumanText.bytes($0)) of disk" }
    let free = plan.freeByteCount.map { "\(HumanText.bytes($0)) are free" }
    lines += [[needed, free].compactMap(\.self).joined(separator: ", ")].filter { !$0.isEmpty }
    lines += plan.warnings.map { style(.warning, "! ") + $0 }
    lines.append("Nothing was done.")
    return lines
  }

  private static func loads(_ loads: [RestorePlan.Load], style: Style) -> [String] {
    var table = TextTable([.text("rows in this order"), .number("rows"), .number("stored"), .text("")])
    for load in loads.prefix(mostLoads) {
      table.add([
        .init(load.table.description), .init(load.rowCount.map { HumanText.count($0) } ?? ""),
        .init(HumanText.bytes(load.byteCount)),
        .init(load.isShared ? "by all connections at once" : "", .dim),
      ])
    }
    let others = loads.count - mostLoads
    return table.lines(style: style, indent: 2)
      + (others > 0 ? ["  and \(HumanText.count(others, "table")) more"] : [])
  }
}
