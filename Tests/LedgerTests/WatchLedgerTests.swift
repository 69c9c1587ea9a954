import Engines
import Foundation
import Ledger
import SchemaModel
import TestSupport
import Testing

/// What the ledger keeps of watches.
@Suite struct WatchLedgerTests {
  private let scratch: Scratch
  private let ledger: Ledger
  private static let start = Date(timeIntervalSince1970: 1_795_258_800)

  init() throws {
    scratch = try Scratch()
    ledger = try Ledger(path: scratch.path("ledger.db"))
  }

  private func schema(_ tables: String...) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15")
    schema.tables = tables.map { Table(named: ObjectName(schema: "public", $0)) }
    return schema
  }

  @Test func `a schema that was seen comes back as it was`() throws {
    let (first, second) = (schema("a", "it's ü"), schema("a"))
    _ = try ledger.beginSpan(of: first, in: "db", run: "1", from: Self.start)
    _ = try ledger.beginSpan(of: second, in: "db", run: "1", from: Self.start + 10)
    _ = try ledger.beginSpan(of: schema("other"), in: "another", run: "1", from: Self.start + 5)
    #expect(try ledger.schema(of: "db", seenBefore: Self.start + 9) == first)
    #expect(try ledger.schema(of: "db", seenBefore: Self.start + 10) == second)
    #expect(try ledger.schema(of: "db", seenBefore: Self.start - 1) == nil)
    #expect(try ledger.watchedDatabases() == ["another", "db"])
  }

  @Test func `a schema that comes back is kept once`() throws {
    for seconds in 0..<20 {
      _ = try ledger.beginSpan(
        of: seconds.isMultiple(of: 2) ? schema("a") : schema("b"), in: "db", run: "1",
        from: Self.start + TimeInterval(seconds))
    }
    #expect(try ledger.spans(of: "db").count == 20)
    #expect(Set(try ledger.spans(of: "db").map(\.fingerprint)).count == 2)
    #expect(try snapshotCount() == "2")
  }

  @Test func `a span only grows`() throws {
    let number = try ledger.beginSpan(of: schema("a"), in: "db", run: "1", from: Self.start)
    try ledger.extendSpan(number, until: Self.start + 60)
    try ledger.extendSpan(number, until: Self.start + 30)
    let span = try #require(try ledger.spans(of: "db").first)
    #expect(span.from == Self.start && span.until == Self.start + 60)
  }

  @Test func `events come back in the order in which things happened, the newest when there are too many`()
    throws
  {
    for seconds in [3, 1, 2] {
      var event = WatchEvent(.drift, at: Self.start + TimeInterval(seconds), database: "db", blueprint: "b")
      event.text = "\(seconds)"
      try ledger.add(event, of: "db")
    }
    #expect(try ledger.watchEvents(of: "db").map(\.text) == ["1", "2", "3"])
    #expect(try ledger.watchEvents(of: "db", limit: 2).map(\.text) == ["2", "3"])
    #expect(try ledger.watchEvents(of: "db", since: Self.start + 3).map(\.text) == ["3"])
    // Told last is what was written last, whenever it happened.
    #expect(try ledger.lastTold(of: "db")?.text == "2")
  }

  @Test func `an event of maintenance was told to nobody`() throws {
    var event = WatchEvent(.drift, at: Self.start, database: "db", blueprint: "b")
    event.maintenance = "daily 00:00-24:00 UTC"
    try ledger.add(event, of: "db")
    #expect(try ledger.lastTold(of: "db") == nil)
  }

  private func snapshotCount() throws -> String {
    try Subprocess("sqlite3", [scratch.path("ledger.db"), "SELECT count(*) FROM schema_snapshot"]).run()
      .outputText
      .filter(\.isNumber)
  }
}
