import Foundation
import SchemaModel
import SchemaText
import Testing

/// `Documentation/JSON.md` is a contract: what it shows and lists is what the program writes.
@Suite struct JSONContractTests {
  @Test func `the schema shown in the contract is written exactly so`() throws {
    let contract = try Self.contract()
    let shown = try #require(contract.components(separatedBy: "```json\n").dropFirst().first)
    let text = try #require(shown.components(separatedBy: "```").first)
    let reading = try SchemaDocument.read(text)
    #expect(reading.findings.isEmpty)
    #expect(SchemaDocument.text(of: reading.schema) == text)
  }

  private static func contract() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Documentation/JSON.md")
    return try String(contentsOf: root.standardizedFileURL, encoding: .utf8)
  }
}
