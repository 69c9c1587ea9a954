import Analysis
import SchemaModel
import Terminal

/// A comparison for people: the answer first.
enum DiffText {
  static func lines(
    _ comparison: SchemaComparison, flaws: [ClassicFlaw] = [], from: String, to: String, objectCount: Int,
    style: Style
  ) -> [String] {
    var lines = scope(comparison, style: style)
    lines.append(
      headline(
        comparison.verdict, comparison.differences.count, from: from, to: to, objectCount: objectCount,
        style: style))
    lines += DriftText.flaws(flaws, style: style)
    if !comparison.differences.isEmpty { lines.append("") }
    lines += comparison.differences.map { "  " + self.line($0, style: style) }
    return lines + limits(comparison, style: style)
  }

  /// What was compared, before anything else, when a source says less than a database.
  static func scope(_ comparison: SchemaComparison, style: Style) -> [String] {
    comparison.scope.map { style(.dim, $0.firstUppercased + ".") }
  }

  static func headline(
    _ verdict: Verdict, _ differenceCount: Int, from: String, to: String, objectCount: Int, style: Style
  ) -> String {
    let word = style(VerdictText.role(verdict), verdict.label.uppercased())
    let objects = HumanText.count(objectCount, "object")
    switch verdict {
    case .same: return "\(word): \(to) is what \(from) says (\(objects) compared)"
    case .different:
      return
        "\(word): \(HumanText.count(differenceCount, "difference")) between \(from) and \(to) (\(objects) compared)"
    case .couldNotTell:
      return "\(word): nothing that was compared differs (\(objects)), but not everything was compared"
    }
  }

  /// One difference: a sign, the object, what is expected and what was found.
  static func line(_ difference: SchemaDifference, style: Style) -> String {
    let object = style(.strong, difference.object.description)
    let guess = difference.renameGuess.map { " (\($0))" } ?? ""
    switch difference.change {
    case .missing: return style(.removed, "-") + " \(object) is missing\(guess)"
    case .unexpected: return style(.added, "+") + " \(object) is not expected\(guess)"
    case .changed(let fact, let expected, let found):
      return style(.changed, "~") + " \(object): \(fact) is \(found.inline), expected \(expected.inline)"
    }
  }

  /// What the comparison could not look at.
  static func limits(_ comparison: SchemaComparison, style: Style) -> [String] {
    let first = Dictionary(
      comparison.notComparedInFirst.map { ($0.kind, $0) }, uniquingKeysWith: { one, _ in one })
    let second = Dictionary(
      comparison.notComparedInSecond.map { ($0.kind, $0) }, uniquingKeysWith: { one, _ in one })
    let kinds = Set(first.keys).union(second.keys).sorted()
    var lines: [String] = []
    if !kinds.isEmpty {
      var table = TextTable([.text("seen, not compared"), .number("expected"), .number("found"), .text("")])
      for kind in kinds {
        let names = (second[kind] ?? first[kind]).map(NotComparedText.names(of:)) ?? ""
        table.add([
          .init(kind), .init(HumanText.count(first[kind]?.count ?? 0)),
          .init(HumanText.count(second[kind]?.count ?? 0)),
          .init(names, .dim),
        ])
      }
      lines += [""] + table.lines(style: style, indent: 2)
    }
    return lines + comparison.limits.map { "  " + style(.warning, "limit:") + " \($0)" }
  }
}

extension String {
  /// A value on one line and not too long to read; control characters are spelled out.
  fileprivate var inline: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ").withVisibleControls
    let short = line.count <= 160 ? line : line.prefix(157) + "..."
    return short.contains(" ") ? "'\(short)'" : short
  }
}
