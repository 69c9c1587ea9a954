import Foundation
import Operations
import SchemaModel
import SchemaText
import Terminal

extension ComparisonReport {
  /// Prints the report.
  ///
  /// - Parameters:
  ///   - blueprint: the first side; SARIF places findings in its text when it has one.
  ///   - document: makes the JSON document, which knows more than people need.
  func print(
    in format: ComparisonFormat, blueprint: SchemaLocation, on console: Console, document: () -> FacetValue
  ) throws {
    switch format {
    case .text: for line in ComparisonText.lines(self, style: console.style) { try console.print(line) }
    case .markdown: for line in ComparisonMarkdown.lines(self) { try console.print(line) }
    case .junit: for line in ComparisonJUnit.lines(self) { try console.print(line) }
    case .html: for line in ComparisonHTML.lines(self) { try console.print(line) }
    case .json: try console.print(JSONWriter.text(of: document()).withoutLastLineEnd)
    case .sarif:
      let sarif = ComparisonSARIF.document(self, file: Self.text(of: blueprint))
      try console.print(JSONWriter.text(of: sarif).withoutLastLineEnd)
    }
  }

  private static func text(of blueprint: SchemaLocation) -> (path: String, text: String)? {
    let path: String
    switch blueprint {
    case .blueprint(let folder): path = "\(folder)/schema.sql"
    case .sqlFile(let file), .dbml(let file), .mermaid(let file), .markdown(let file), .document(let file):
      path = file
    case .postgres, .sqlite, .sqlFolder, .archive, .recorded: return nil
    }
    return FileManager.default.contents(atPath: path).map { (path, String(decoding: $0, as: UTF8.self)) }
  }
}
