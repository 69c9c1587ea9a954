import SchemaModel
import Terminal

/// What was seen and is not modelled, for people: never left out where something is judged.
enum NotComparedText {
  static func lines(_ kinds: [NotCompared], style: Style) -> [String] {
    guard !kinds.isEmpty else { return [] }
    var table = TextTable([.number(""), .text(""), .text("")])
    for kind in kinds {
      let more = kind.count > kind.names.count ? ", ..." : ""
      table.add([.init(HumanText.count(kind.count)), .init(kind.kind), .init(kind.names.joined(separator: ", ") + more, .dim)])
    }
    return ["", style(.warning, "Seen, not compared:")] + table.lines(style: style, indent: 2)
  }
}
