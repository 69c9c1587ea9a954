import Operations
import SchemaModel
import SchemaText
import Terminal

/// A schema in a few lines for people.
enum InspectText {
  static func lines(_ schema: Schema, at location: SchemaLocation, style: Style) -> [String] {
    var lines = [
      "\(style(.strong, location.displayName)): "
        + [schema.engine.title, schema.serverVersion].filter { !$0.isEmpty }.joined(separator: " ")
        + ", fingerprint \(Fingerprint(of: schema).short)",
      "",
    ]
    lines += counts(schema).lines(style: style, indent: 2)
    if !schema.tables.isEmpty {
      var table = TextTable([
        .text("table"), .number("columns"), .number("keys"), .number("foreign keys"), .number("checks"),
        .number("indexes"), .text(""),
      ])
      for item in schema.tables {
        table.add([
          .init(item.name.description), "\(item.columns.count)", "\(item.keys.count)",
          "\(item.foreignKeys.count)", "\(item.checks.count)", "\(item.indexes.count)",
          .init(item.comment?.prose.firstLine ?? "", .dim),
        ])
      }
      lines.append("")
      lines += table.lines(style: style, indent: 2)
    }
    return lines + NotComparedText.lines(schema.notCompared, style: style)
  }

  private static func counts(_ schema: Schema) -> TextTable {
    var table = TextTable([.text(""), .number("")])
    for (kind, count) in schema.countsByKind {
      table.add([.init(kind.plural), .init(HumanText.count(count))])
    }
    return table
  }
}

extension String {
  /// The text up to its first line end.
  var firstLine: String { split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "" }
}
