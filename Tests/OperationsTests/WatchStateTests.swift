import Analysis
import Foundation
import Operations
import SchemaModel
import SchemaText
import Testing

/// What is news to whoever watches; time comes in as a value.
@Suite struct WatchStateTests {
  private static let start = Date(timeIntervalSince1970: 1_795_258_800)

  private func schema(_ tables: String...) -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15")
    schema.tables = tables.map { Table(named: ObjectName(schema: "public", $0)) }
    return schema
  }

  private func statement(
    _ text: String, at seconds: TimeInterval, by application: String = "psql"
  ) -> RecordedStatement {
    RecordedStatement(
      at: Self.start.addingTimeInterval(seconds), tag: "CREATE TABLE", objects: [], role: "alice",
      sessionRole: "alice", application: application, client: nil, text: text, transaction: 7)
  }

  private func state(told: [String]? = nil, last: Schema? = nil, pipeline: [String] = []) -> WatchState {
    WatchState(database: "db", blueprint: "blueprint", told: told, last: last, pipeline: pipeline)
  }

  /// What is told when the tables are seen at a moment, held against the tables `a`.
  private func see(
    _ state: inout WatchState, _ schema: Schema, at seconds: TimeInterval, lastSeen: TimeInterval? = nil,
    _ statements: [RecordedStatement] = [], maintenance: MaintenanceWindow? = nil
  ) -> [WatchEvent] {
    let report = DriftReport(blueprint: self.schema("a"), live: schema)
    return state.see(
      WatchState.Sight(
        schema: schema, fingerprint: Fingerprint(of: schema).hexadecimal, report: report,
        statements: statements),
      at: Self.start.addingTimeInterval(seconds), lastSeen: lastSeen.map(Self.start.addingTimeInterval),
      maintenance: maintenance)
  }

  @Test func `a database that is in line from the beginning is no news`() {
    var state = state()
    #expect(see(&state, schema("a"), at: 0) == [])
    #expect(see(&state, schema("a"), at: 1) == [])
    #expect(
      state.standing(.started, at: Self.start, reason: nil).text == "watching db against blueprint: in line")
  }

  @Test func `drift is told once, then what is added to it, then that it is over`() {
    var state = state()
    let first = see(&state, schema("a", "b"), at: 0)
    #expect(first.map(\.event) == [.drift])
    #expect(see(&state, schema("a", "b"), at: 1) == [])
    let second = see(&state, schema("a", "b", "c"), at: 2)
    #expect(second.map(\.appeared) == [["table public.c is not expected"]])
    #expect(second.map(\.text) == ["drift: table public.c is not expected (1 more told before)"])
    let third = see(&state, schema("a", "c"), at: 3)
    #expect(third.map(\.gone) == [["table public.b is not expected"]])
    #expect(third.map(\.event) == [.drift])
    let last = see(&state, schema("a"), at: 4)
    #expect(last.map(\.event) == [.inLine])
    #expect(last.map(\.text) == ["in line again"])
    #expect(last.map(\.changes) == [["table public.c was dropped"]])
  }

  @Test func `what an earlier run has told is not told again`() {
    var state = state(told: ["table public.b is not expected"], last: schema("a", "b"))
    #expect(see(&state, schema("a", "b"), at: 0) == [])
    #expect(see(&state, schema("a"), at: 1).map(\.event) == [.inLine])
  }

  @Test
  func `during maintenance it is recorded, and what is left of it is told at the end with its statements`()
    throws
  {
    let window = try #require(MaintenanceWindow("daily 00:00-24:00 UTC"))
    var state = state()
    #expect(see(&state, schema("a"), at: 0) == [])
    let during = see(&state, schema("a", "b", "c"), at: 1, [statement("b, c", at: 0.5)], maintenance: window)
    #expect(during.map(\.event) == [.changed] && !during[0].isAlert)
    #expect(during[0].changes.count == 2)
    let more = see(&state, schema("a", "b"), at: 2, [statement("drop c", at: 1.5)], maintenance: window)
    #expect(more.map(\.isAlert) == [false])
    let after = see(&state, schema("a", "b"), at: 3)
    #expect(after.map(\.event) == [.drift] && after[0].isAlert)
    #expect(after[0].appeared == ["table public.b is not expected"])
    #expect(after[0].statements.map(\.text) == ["b, c", "drop c"])
    #expect(see(&state, schema("a", "b"), at: 4) == [])
  }

  @Test func `maintenance that ends in line is told to nobody`() throws {
    let window = try #require(MaintenanceWindow("daily 00:00-24:00 UTC"))
    var state = state()
    #expect(see(&state, schema("a"), at: 0) == [])
    #expect(see(&state, schema("a", "b"), at: 1, maintenance: window).map(\.isAlert) == [false])
    #expect(see(&state, schema("a"), at: 2, maintenance: window).map(\.isAlert) == [false])
    #expect(see(&state, schema("a"), at: 3) == [])
  }

  @Test func `being blind is told once, with the time nobody watched`() {
    var state = state()
    #expect(see(&state, schema("a"), at: 0) == [])
    let lost = state.lose(because: "gone", at: Self.start + 9, lastSeen: Self.start + 5, maintenance: nil)
    #expect(lost.map(\.text) == ["cannot see: gone; trying again"])
    #expect(state.lose(because: "gone", at: Self.start + 10, lastSeen: nil, maintenance: nil) == [])
    let seen = see(&state, schema("a", "b"), at: 20)
    #expect(seen.map(\.event) == [.sighted, .drift])
    #expect(seen[0].blindFrom == Self.start + 5)
  }

  @Test func `a change is dated by its statement, and never before it was still unseen`() {
    var state = state()
    #expect(see(&state, schema("a"), at: 0) == [])
    let soon = see(&state, schema("a", "b"), at: 10, lastSeen: 5, [statement("b", at: 9)])
    #expect(soon.map(\.changedAt) == [Self.start + 9])
    // Begun long before it was committed.
    let late = see(&state, schema("a", "b", "c"), at: 20, lastSeen: 15, [statement("c", at: 1)])
    #expect(late.map(\.changedAt) == [Self.start + 15])
    // By a server whose clock is ahead.
    let ahead = see(&state, schema("a", "b"), at: 30, lastSeen: 25, [statement("drop", at: 99)])
    #expect(ahead.map(\.changedAt) == [Self.start + 30])
  }

  @Test func `the pipeline is known by application or role, and nothing is said when nobody knows who`() {
    var state = state(pipeline: ["flyway", "deployer"])
    let unknown = see(&state, schema("a", "b"), at: 0)
    #expect(unknown.map(\.isOutsidePipeline) == [nil])
    let inside = see(&state, schema("a"), at: 1, [statement("drop", at: 1, by: "flyway")])
    #expect(inside.map(\.isOutsidePipeline) == [false])
    let outside = see(
      &state, schema("a", "c"), at: 2, [statement("c", at: 2, by: "flyway"), statement("c", at: 2)])
    #expect(outside.map(\.isOutsidePipeline) == [true])
    #expect(outside[0].text.hasPrefix("outside the pipeline, drift: "))
  }

  @Test func `the keys of an event are those of its contract`() throws {
    var state = state(pipeline: ["flyway"])
    let window = try #require(MaintenanceWindow("daily 00:00-24:00 UTC"))
    _ = see(&state, schema("a"), at: 0)
    var event = try #require(
      see(&state, schema("a", "b"), at: 1, lastSeen: 0, [statement("b", at: 1)], maintenance: window).first)
    event.isOutsidePipeline = true
    event.blindFrom = Self.start
    event.reason = "because"
    let text = try RecordDocument.text(of: event)
    #expect(try RecordDocument.read(WatchEvent.self, from: text) == event)
    let keys = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]).keys
    let contract = try RecordContractTests.documentedKeys(under: "## `plumb/watch`")
    #expect(contract.isSuperset(of: keys), "\(Set(keys).subtracting(contract))")
  }
}
