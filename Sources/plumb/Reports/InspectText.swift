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
    let counts = [
      ("schemas", schema.namespaces.count), ("extensions", schema.extensions.count),
      ("enum types", schema.enums.count), ("domains", schema.domains.count),
      ("sequences", schema.sequences.count), ("tables", schema.tables.count),
      ("columns", schema.tables.reduce(0) { $0 + $1.columns.count }),
      ("foreign keys", schema.foreignKeyCount),
      ("indexes", schema.tables.reduce(0) { $0 + $1.indexes.count }),
      ("views", schema.views.count),
    ]
    for (words, count) in counts where count > 0 { table.add([.init(words), .init(HumanText.count(count))]) }
    return table
  }
}

extension String {
  /// The text up to its first line end.
  var firstLine: String { split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "" }
}
