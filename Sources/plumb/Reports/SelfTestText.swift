import Operations
import SchemaModel
import SchemaText
import Terminal

/// What a self-test did to copies of a backup, and which phase of the drill noticed.
enum SelfTestText {
  static func lines(_ report: SelfTest.Report, style: Style) -> [String] {
    let missed = report.trials.filter { $0.outcome == .missed }.count
    let verdict =
      report.isPassed
      ? style(.good, "THE DRILL CAN FAIL")
        + ": it noticed every damage that was done to copies of \(report.backup)"
      : report.undamaged == .failed
        ? style(.bad, "NOTHING PROVEN") + ": the drill of \(report.backup) fails without any damage"
        : style(.bad, "THE DRILL IS BLIND")
          + ": it did not notice \(HumanText.count(missed, "damage")) to copies of \(report.backup)"
    var table = TextTable([.text("damage"), .text(""), .text("by"), .text("in its words")])
    table.add([
      .init("none"),
      .init(report.undamaged == .failed ? "refused" : "accepted", report.undamaged == .failed ? .bad : .good),
      "", .init(report.undamaged?.rawValue ?? ""),
    ])
    for trial in report.trials {
      switch trial.outcome {
      case .caught(let phase, let words):
        table.add([.init(trial.damage), .init("caught", .good), .init(phase), .init(shortened(words))])
      case .missed: table.add([.init(trial.damage), .init("NOT CAUGHT", .bad), "", ""])
      case .notTried(let reason):
        table.add([.init(trial.damage), .init("not tried", .warning), "", .init(reason)])
      }
    }
    return [verdict, ""] + table.lines(style: style, indent: 2)
  }

  private static func shortened(_ words: String) -> String {
    let line = words.withVisibleControls
    return line.count > 90 ? line.prefix(87) + "..." : line
  }

  static func json(_ report: SelfTest.Report) -> String {
    let trials = report.trials.map { trial -> FacetValue in
      switch trial.outcome {
      case .caught(let phase, let words):
        .record([
          "damage": .text(trial.damage), "outcome": .text("caught"), "phase": .text(phase),
          "words": .text(words),
        ])
      case .missed: .record(["damage": .text(trial.damage), "outcome": .text("missed")])
      case .notTried(let reason):
        .record(["damage": .text(trial.damage), "outcome": .text("not tried"), "words": .text(reason)])
      }
    }
    return JSONWriter.text(
      of: .record([
        "format": .text("plumb/self-test"), "version": .number(1), "backup": .text(report.backup),
        "passed": .flag(report.isPassed), "undamaged": .text(report.undamaged?.rawValue ?? ""),
        "trials": .list(trials),
      ]))
  }
}
