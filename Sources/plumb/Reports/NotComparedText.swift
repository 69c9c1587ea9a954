import SchemaModel
import Terminal

/// What was seen and is not modelled, for people: never left out where something is judged.
enum NotComparedText {
  static func lines(_ kinds: [NotCompared], style: Style) -> [String] {
    guard !kinds.isEmpty else { return [] }
    var table = TextTable([.number(""), .text(""), .text("")])
    for kind in kinds {
      table.add([.init(HumanText.count(kind.count)), .init(kind.kind), .init(names(of: kind), .dim)])
    }
    return ["", style(.warning, "Seen, not compared:")] + table.lines(style: style, indent: 2)
  }

  /// A few names, no longer than a line.
  static func names(of kind: NotCompared) -> String {
    let shown = kind.names.prefix(3)
    let more = kind.count > shown.count ? ", ..." : ""
    return (shown.joined(separator: ", ") + more).truncated(toCells: 80)
  }
}
