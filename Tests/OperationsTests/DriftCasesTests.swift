import Analysis
import Engines
import Operations
import SchemaModel
import SchemaText
import Testing
import TestSupport

/// One pair of databases a fact, both ways round, with pg_dump as the second opinion.
@Suite struct DriftCasesTests {
  private static let cases = Result { try DriftCase.all() }

  @Test func `there are cases of differences and controls`() throws {
    let cases = try Self.cases.get()
    #expect(cases.contains { $0.expected.isEmpty })
    #expect(cases.filter { !$0.expected.isEmpty }.count >= 10)
  }

  @Test(arguments: (try? cases.get()) ?? [])
  func `the differences are told, all of them and no other`(_ example: DriftCase) throws {
    let first = try TemporaryPostgres.makeDatabase(example.scripts.first)
    let second = try TemporaryPostgres.makeDatabase(example.scripts.second)
    let (before, after) = (try Self.schema(first), try Self.schema(second))
    let comparison = Diff.compare(from: before, to: after)
    let told = comparison.differences.map(Self.line)
    #expect(told == example.expected, "\(told.joined(separator: "\n"))")
    #expect(comparison.verdict == (example.expected.isEmpty ? .same : .different))
    let unseen = Set((comparison.notComparedInFirst + comparison.notComparedInSecond).map(\.kind))
    #expect(unseen.sorted() == example.notCompared)
    #expect(
      (Fingerprint(of: before) == Fingerprint(of: after))
        == (example.expected.isEmpty || example.whyNotFingerprinted != nil))

    let backwards = Diff.compare(from: after, to: before)
    #expect(backwards.verdict == comparison.verdict)
    #expect(backwards.differences.count == comparison.differences.count)

    // What a person on call reads must be a sentence for every one of them.
    for finding in DriftReport(blueprint: before, live: after).findings {
      #expect(finding.consequence.hasSuffix("."), "\(finding.consequence)")
    }
    try expectAgreement(of: example, first, second)

    // What is accepted on purpose leaves nothing to undo.
    let ground = try #require(
      UndoGround(making: after, into: before, accepting: comparison.differences))
    #expect(Diff.compare(from: ground.expected, to: after).differences.map(Self.line) == [])

    // Last, for it makes either database into the other.
    let rest =
      try UndoProof.differencesLeft(making: second, after, into: before, refusal: example.refusal)
      + UndoProof.differencesLeft(making: first, before, into: after, refusal: example.refusal)
    #expect(rest.isEmpty == (example.whyNotUndoable == nil), "\(rest)")
  }

  private func expectAgreement(of example: DriftCase, _ first: String, _ second: String) throws {
    // The order of grants and of what depends on nothing is no difference.
    let dumps = try [first, second].map { try PostgresDump.lines(of: $0, .schema, owners: true).sorted() }
    let dumpsDiffer = dumps[0] != dumps[1]
    #expect(
      (dumpsDiffer != example.expected.isEmpty) == (example.disagreement == nil),
      "pg_dump: \(lineDifferences(from: dumps[0], to: dumps[1]))")
  }

  private static func schema(_ conninfo: String) throws -> Schema {
    try PostgresConnection(PostgresConnectionString(conninfo), for: .reading(statementSeconds: 60)).schema()
  }

  private static func line(_ difference: SchemaDifference) -> String {
    switch difference.change {
    case .missing: "\(difference.object) | missing"
    case .unexpected: "\(difference.object) | unexpected"
    case .changed(let fact, _, _): "\(difference.object) | \(fact)"
    }
  }
}
