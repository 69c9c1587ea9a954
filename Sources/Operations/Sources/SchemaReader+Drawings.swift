import Foundation
import SchemaModel
import SchemaText

extension SchemaReader {
  /// The schema a DBML text describes, with the files it uses.
  func dbml(at path: String) throws -> Reading {
    let folder =
      path.contains("/")
      ? path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") : "."
    let read = DBMLSchema(try text(of: path), engine: assumedEngine) { name in
      let file = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      for candidate in [file, "\(file).dbml"] {
        if let text = try? text(of: candidate) { return text }
      }
      return nil
    }
    guard !read.schema.tables.isEmpty || !read.schema.enums.isEmpty else {
      throw OperationError(
        "\(path) describes no table", detail: read.findings.prefix(5).map(\.description),
        hint: "Check that it is DBML: Table users { id integer [pk] }.")
    }
    var schema = read.schema
    schema.notCompared += NotCompared.losses(read.findings)
    return Reading(schema: schema, warnings: read.findings.map { "\(path), \($0)" })
  }

  /// The schema that the Mermaid diagrams of a file describe, read as one.
  func diagram(at path: String, isMarkdown: Bool) throws -> Reading {
    let read = ERDiagramReader.read(try text(of: path), isMarkdown: isMarkdown)
    guard read.diagram.diagramCount > 0 else {
      throw OperationError(
        "there is no erDiagram in \(path)",
        hint: isMarkdown
          ? "A page draws one between ```mermaid and ```; the first word inside is erDiagram."
          : "A Mermaid file draws one with the first word erDiagram.")
    }
    guard !read.diagram.entities.isEmpty || read.findings.isEmpty else {
      throw OperationError(
        "the erDiagram in \(path) has no entity", detail: read.findings.prefix(5).map(\.description),
        hint: "Check it in an editor that draws Mermaid.")
    }
    var schema = read.diagram.schema(engine: assumedEngine)
    schema.notCompared += NotCompared.losses(read.findings)
    return Reading(schema: schema, warnings: read.findings.map { "\(path), \($0)" })
  }
}

extension NotCompared {
  /// What a text says that its reader did not understand: whoever drew it may have meant a table.
  fileprivate static func losses(_ findings: [TextFinding]) -> [NotCompared] {
    let lost = findings.filter(\.isLoss)
    guard !lost.isEmpty else { return [] }
    return [
      NotCompared(
        kind: "parts of the text that were not understood", count: lost.count,
        names: lost.prefix(namesKept).map { "line \($0.position.line)" })
    ]
  }
}
