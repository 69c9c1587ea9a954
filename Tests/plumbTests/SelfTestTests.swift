import Foundation
import Testing
import TestSupport

/// A drill that cannot fail proves nothing: damage is done on purpose, and noticed.
@Suite(.serialized) struct SelfTestTests {
  private func outcomes(_ outcome: Outcome) throws -> [String] {
    let trials = try #require(try outcome.document()["trials"] as? [[String: Any]])
    return trials.compactMap { $0["outcome"] as? String }
  }

  @Test(arguments: Engine.allCases)
  func `every damage to an archive of rows is noticed`(engine: Engine) throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(
      of: engine, in: workplace, engine == .sqlite ? "CREATE INDEX orders_of ON orders (customer_id);" : "")
    let test = try workplace.plumb("drill", "--self-test", "--format", "json")
    #expect(test.exitCode == 0, "\(test)")
    #expect(try outcomes(test) == ["caught", "caught", "caught", "caught"], "\(test)")
    #expect(try workplace.plumb("drill", backup.id).exitCode == 0, "the backup itself is as it was")
    try workplace.expectNothingLeft()
  }

  @Test func `every damage to a server's files is noticed`() throws {
    let workplace = try Workplace()
    let server = try ArchivedServer.shared.get()
    let test = try workplace.plumb("drill", server.plain, "--self-test", "--format", "json")
    #expect(test.exitCode == 0, "\(test)")
    #expect(try outcomes(test) == Array(repeating: "caught", count: 5), "\(test)")
    try workplace.expectNothingLeft()
  }

  @Test func `a backup that is no good by itself is no ground to test on`() throws {
    let workplace = try Workplace()
    let backup = try TakenBackup(of: .sqlite, in: workplace)
    try backup.flip("archive.db")
    let test = try workplace.plumb("drill", "--self-test")
    #expect(test.exitCode == 1 || test.exitCode == 3, "\(test)")
    #expect(!test.output.contains("THE DRILL CAN FAIL"))
    try workplace.expectNothingLeft()
  }
}
