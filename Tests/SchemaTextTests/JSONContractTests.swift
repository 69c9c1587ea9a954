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

  @Test func `the contract lists the facts of every kind of object, in their order`() throws {
    let contract = try Self.contract()
    func expectListed<Object: SchemaObject>(_ type: Object.Type, under heading: String) throws {
      let section = try #require(contract.components(separatedBy: "### \(heading)\n").dropFirst().first)
      let rows = section.components(separatedBy: "\n#").first?.split(separator: "\n").filter {
        $0.hasPrefix("| `")
      }
      let keys = rows?.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
      #expect(keys == Object.facets.map(\.label), "\(heading)")
    }
    try expectListed(Namespace.self, under: "namespaces")
    try expectListed(InstalledExtension.self, under: "extensions")
    try expectListed(EnumType.self, under: "enums")
    try expectListed(DomainType.self, under: "domains")
    try expectListed(SequenceGenerator.self, under: "sequences")
    try expectListed(Table.self, under: "tables")
    try expectListed(Column.self, under: "columns")
    try expectListed(KeyConstraint.self, under: "uniqueConstraints")
    try expectListed(ForeignKey.self, under: "foreignKeys")
    try expectListed(CheckConstraint.self, under: "checks")
    try expectListed(ExclusionConstraint.self, under: "exclusions")
    try expectListed(TableIndex.self, under: "indexes")
    try expectListed(View.self, under: "views")
  }

  private static func contract() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Documentation/JSON.md")
    return try String(contentsOf: root.standardizedFileURL, encoding: .utf8)
  }
}
