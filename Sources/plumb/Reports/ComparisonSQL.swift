import Analysis
import SchemaModel
import SchemaText
import Terminal

/// A comparison as the SQL that would undo it: a draft for people to read before they run it.
enum ComparisonSQL {
  /// The two sides of a comparison, and which is made into which.
  struct Sides {
    let found: Schema
    let expected: Schema

    /// - Parameters:
    ///   - found: what the script is to be run on.
    ///   - expected: what it is to become.
    init(making found: Schema, into expected: Schema) {
      (self.found, self.expected) = (found, expected)
    }
  }

  /// The script.
  ///
  /// - Throws: ``UsageError`` when a side says too little to make a database as it says.
  static func text(_ report: ComparisonReport, _ sides: Sides) throws -> String {
    guard let ground = ground(report, sides) else {
      throw UsageError.refused(
        "there is no script from \(found(report)) to \(expected(report))",
        hint:
          "Both sides must be of one engine, and neither a drawing: a database, SQL text, an archive or a blueprint."
      )
    }
    let script = UndoScript(making: ground.found, into: ground.expected)
    return script.text(title: title(report, sides))
  }

  /// Whether there is something to do, and a script that says how.
  static func isUseful(_ report: ComparisonReport, _ sides: Sides) -> Bool {
    report.verdict == .different && !report.items.isEmpty && sides.found.engine == sides.expected.engine
      && sides.found.expressiveness == .everything && sides.expected.expressiveness == .everything
  }

  private static func ground(_ report: ComparisonReport, _ sides: Sides) -> UndoGround? {
    UndoGround(
      making: sides.found, into: sides.expected, accepting: report.comparison.ignored.map(\.difference))
  }

  private static func title(_ report: ComparisonReport, _ sides: Sides) -> [String] {
    var lines = [
      "DRAFT by plumb \(report.command): makes \(found(report)) what \(expected(report)) says.",
      "From fingerprint \(Fingerprint(of: sides.found).short) to \(Fingerprint(of: sides.expected).short).",
    ]
    let ignored = report.comparison.ignored.count
    if ignored > 0 {
      let verb = ignored == 1 ? "is" : "are"
      lines.append("\(HumanText.count(ignored, "difference")) that plumb.yaml ignores \(verb) left alone.")
    }
    let unseen = Set(
      (report.comparison.notComparedInFirst + report.comparison.notComparedInSecond).map(\.kind)
    ).sorted()
    if !unseen.isEmpty {
      lines.append("Seen and not compared, so not in here: \(unseen.joined(separator: ", ")).")
    }
    return lines
  }

  /// A drift is undone on the live side, which comes second; a diff leads from the first to the second.
  private static func found(_ report: ComparisonReport) -> String {
    report.command == "drift" ? report.to : report.from
  }

  private static func expected(_ report: ComparisonReport) -> String {
    report.command == "drift" ? report.from : report.to
  }
}
