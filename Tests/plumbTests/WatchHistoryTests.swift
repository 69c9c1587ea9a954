import Engines
import Foundation
import Glibc
import TestSupport
import Testing

/// What watches leave in the ledger: `plumb history`, and `LOCATION@TIME`.
@Suite struct WatchHistoryTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// The moments at which the structure was seen, as the ledger has them, oldest first.
  private func spans(_ shop: Shop) throws -> [[String: String]] {
    let document = try workplace.plumb("history", shop.location, "--format", "json").document()
    return try #require(document["watched"] as? [[String: String]])
  }

  @Test(arguments: Engine.allCases)
  func `the schema of a moment can be compared, and a moment nobody saw cannot`(engine: Engine) throws {
    let shop = try Shop(engine, in: workplace)
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    try workplace.expectFailure(
      ["history", shop.location], "there is no ledger here", hint: "'plumb watch' makes it")
    let once = ["watch", shop.location, "--once", "--blueprint", "blueprint"]
    #expect(try workplace.run(once).exitCode == 0)
    // Times are told in whole seconds, so the two looks have to lie in two of them.
    let first = Int(Date().timeIntervalSince1970)
    try eventually("the next second has come") { Int(Date().timeIntervalSince1970) > first + 1 }
    try shop.run("ALTER TABLE orders ADD COLUMN amount integer;")
    #expect(try workplace.run(once).exitCode == 1)
    let seen = try spans(shop)
    #expect(seen.count == 2)
    let after = try #require(seen[1]["from"])

    let diff = try workplace.plumb("diff", "\(shop.location)@\(after)", shop.location)
    #expect(diff.exitCode == 3, "the moment is cut to the second before: \(diff)")
    #expect(diff.headline.contains("nobody watched at that moment, and the structure changed around it"))
    let later = try roundedUp(after)
    try eventually("that second has passed") { Date().timeIntervalSince1970 > later.timeIntervalSince1970 }
    #expect(try workplace.run(once).exitCode == 1)
    let same = try workplace.plumb("diff", "\(shop.location)@\(text(later))", shop.location)
    #expect(same.exitCode == 0, "\(same)")
    #expect(same.output.hasPrefix("SAME: "))

    let nobody = try workplace.plumb("diff", "\(shop.location)@2020-02-01", shop.location)
    #expect(nobody.exitCode == 3)
    #expect(nobody.headline.hasSuffix("@2020-02-01T00:00:00: nobody watched at that moment"))
    #expect(nobody.errors.contains("  it was watched from "))

    let history = try workplace.plumb("history", shop.location).output
    #expect(history.contains("1 change, watched from "))
    #expect(history.contains("orders.amount was created"))
    #expect(
      history.contains("nobody watched until ")
        && history.contains("the structure was another one afterwards"))
    #expect(
      try workplace.plumb("history", shop.location, "--since", "2100-01-01").output.contains("no change"))
  }

  @Test func `what a run sees between two changes is known to the moment`() throws {
    let shop = try Shop(.postgres, in: workplace)
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    #expect(try workplace.plumb("watch", shop.location, "--install").exitCode == 0)
    let run = try workplace.watch(shop.location, "--blueprint", "blueprint")
    let start = Int(Date().timeIntervalSince1970)
    try eventually("two seconds have passed") { Int(Date().timeIntervalSince1970) > start + 2 }
    try shop.run("ALTER TABLE orders DROP COLUMN note;")
    try run.waitForLine("drift: ")
    #expect(try run.end() == 130)
    let moment = text(Date(timeIntervalSince1970: TimeInterval(start + 1)))
    let diff = try workplace.plumb("diff", "\(shop.location)@\(moment)", shop.location)
    #expect(diff.exitCode == 1, "\(diff)")
    #expect(diff.output.contains("- column public.orders.note is missing"))
    #expect(try spans(shop).count == 2)
    let history = try workplace.plumb("history", shop.location).output
    #expect(history.contains("column public.orders.note was dropped"))
    #expect(history.contains("ALTER TABLE: ALTER TABLE orders DROP COLUMN note"))
    #expect(!history.contains("nobody watched"))
  }

  @Test func `the history of an environment is found by its name`() throws {
    let shop = try Shop(.sqlite, in: workplace)
    try workplace.write(
      "blueprint/schema.json", try workplace.plumb("inspect", shop.location, "--format", "json").output)
    try workplace.write(
      "plumb.yaml", "environments:\n  staging:\n    database: \(shop.location)\n")
    #expect(
      try workplace.run(["watch", "--environment", "staging", "--once", "--blueprint", "blueprint"]).exitCode
        == 0)
    let history = try workplace.plumb("history", "--environment", "staging")
    #expect(history.exitCode == 0, "\(history)")
    #expect(history.output.contains("watched from "))
    try workplace.expectFailure(
      ["history", "--environment", "stagin"], exit: 2, "plumb.yaml knows no environment stagin",
      hint: "Known are staging.")
  }

  private func roundedUp(_ moment: String) throws -> Date {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    return Date(timeIntervalSince1970: try Date(moment, strategy: style).timeIntervalSince1970.rounded(.up))
  }

  private func text(_ moment: Date) -> String { moment.formatted(.iso8601) }
}
