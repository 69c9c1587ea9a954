import Operations
import SchemaModel
import SchemaText
import Terminal

/// `plumb inspect`: prints a schema.
struct InspectCommand: Command {
  /// The forms a schema can be printed in.
  enum Format: String, CaseIterable, CommandLineValue {
    case text, json, sql, mermaid
  }

  let name = "inspect"
  let summary = "Print a schema: what is there, and what was seen and is not modelled."
  let discussion = "Reads the catalog in one snapshot and takes no lock on a table."
  let examples = [
    Example("plumb inspect postgres://localhost/shop", "What is in the database, in a few lines."),
    Example("plumb inspect shop.db --format mermaid", "Its entity-relationship diagram."),
  ]
  let group = CommandGroup.look

  let location = Argument<String>(
    "location", "A database, SQL text, a drawing, a blueprint or a schema.json.")
  let format = Option("format", short: "f", value: "form", default: Format.text, "Print it in this form.")
  let sources = SourceOptions()

  func run(_ arguments: ParsedArguments, on console: Console) throws -> ExitCode {
    let location = try SchemaLocation(arguments[location])
    let schema = try sources.schema(at: location, arguments, on: console)
    switch arguments[format] {
    case .json: try console.print(SchemaDocument.text(of: schema).withoutLastLineEnd)
    case .sql: try console.print(SchemaSQL.text(of: schema).withoutLastLineEnd)
    case .mermaid: try console.print(ERDiagram(of: schema).text.withoutLastLineEnd)
    case .text:
      for line in InspectText.lines(schema, at: location, style: console.style) { try console.print(line) }
    }
    return .success
  }
}

extension String {
  /// Without the line end that `print` adds again.
  var withoutLastLineEnd: String { hasSuffix("\n") ? String(self[..<index(before: endIndex)]) : self }
}
