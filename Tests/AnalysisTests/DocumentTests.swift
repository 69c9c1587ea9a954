import Analysis
import Foundation
import SchemaModel
import Testing

/// `Documentation/JSON.md` is a contract: the documents it shows are what the program gives.
@Suite struct DocumentTests {
  private static let drawn = Schema.drawn(
    .drawn("users", .drawn("id"), .drawn("name", "text")),
    .drawn("tasks", .drawn("id"), .drawn("user_id"), keys: .drawn("user_id", to: "users")))

  @Test func `the comparison shown in the contract is what a comparison gives`() throws {
    var live = Self.drawn.changing("users") { table in
      table.columns[1].name = "full_name"
      table.primaryKey?.name = "pk_users"
    }
    live.notCompared = [NotCompared(kind: "functions", count: 1, names: ["public.f()"])]
    let document = DiffDocument.value(
      of: Diff.compare(from: Self.drawn, to: live),
      from: ComparedSource(name: "blueprint", engine: .postgreSQL, fingerprint: "5d41…"),
      to: ComparedSource(name: "staging", engine: .postgreSQL, fingerprint: "7d79…"))
    #expect(try document == Self.shown("plumb/diff"))
  }

  @Test func `the drift shown in the contract is what a report gives`() throws {
    let subject = EvidenceSubject.constraint(
      ConstraintReference(
        kind: .foreignKey, table: ObjectName(schema: "public", "tasks"), name: "user_id_fkey"))
    let evidence = Evidence(violatingRowCount: 7, totalRowCount: 20_031, sql: "SELECT ...")
    let report = DriftReport(
      blueprint: Self.drawn, live: Self.drawn.changing("tasks") { $0.foreignKeys = [] },
      evidence: [subject: evidence])
    let document = DriftDocument.value(
      of: report, blueprint: ComparedSource(name: "blueprint", engine: .postgreSQL, fingerprint: "5d41…"),
      live: ComparedSource(name: "production", engine: .postgreSQL, fingerprint: "7d79…"))
    #expect(try document == Self.shown("plumb/drift"))
  }

  @Test func `the contract names every severity, verdict and flaw`() throws {
    let contract = try Self.contract()
    let words =
      Severity.allCases.map(\.label) + Verdict.allCases.map(\.label)
      + ClassicFlaw.Kind.allCases.map(\.rawValue)
    for word in words { #expect(contract.contains("`\(word)`"), "\(word)") }
  }

  private static func contract() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Documentation/JSON.md")
    return try String(contentsOf: root.standardizedFileURL, encoding: .utf8)
  }

  /// The document of that format that the contract shows, read by another JSON reader.
  private static func shown(_ format: String) throws -> FacetValue {
    let blocks = try contract().components(separatedBy: "```json\n").dropFirst()
    let block = try #require(blocks.first { $0.contains("\"format\": \"\(format)\"") })
    let text = try #require(block.components(separatedBy: "```").first)
    return value(try JSONSerialization.jsonObject(with: Data(text.utf8)))
  }

  private static func value(_ json: Any) -> FacetValue {
    switch json {
    case let text as String: .text(text)
    case let number as Int: .number(number)
    case let list as [Any]: .list(list.map(value))
    case let record as [String: Any]: .record(record.mapValues(value))
    default: .absent
    }
  }
}
