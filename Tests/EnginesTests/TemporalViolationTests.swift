import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

/// What keys over periods (PostgreSQL 18) do not allow, found in rows; the queries run on every server.
@Suite struct TemporalViolationTests {
  private static let rows = """
    CREATE TABLE rooms (id int4range, during daterange);
    CREATE TABLE stays (room int4range, during daterange, note text);
    INSERT INTO rooms VALUES
      ('[1,2)', '[2026-01-01,2026-02-01)'), ('[1,2)', '[2026-02-01,2026-03-01)'), ('[2,3)', '[2026-01-01,2026-12-31)');
    INSERT INTO stays VALUES
      ('[1,2)', '[2026-01-10,2026-02-20)', 'in both'), ('[1,2)', NULL, 'unknown'), (NULL, '[2030-01-01,2030-01-02)', 'none'),
      ('[2,3)', '[2026-03-01,2026-04-01)', 'inside');
    """

  @Test func `a period that several parents cover together is no orphan`() throws {
    let found = try violations(
      of: Self.rows + "INSERT INTO stays VALUES ('[3,4)', '[2026-01-01,2026-01-02)', 'no room');")
    #expect(found.orphans == ["no room"])
    #expect(
      try violations(
        of: Self.rows + "INSERT INTO stays VALUES ('[1,2)', '[2026-02-20,2026-03-05)', 'too long');"
      )
      .orphans == ["too long"])
    #expect(try violations(of: Self.rows).orphans == [])
    #expect(found.reason == "the rows of public.rooms with this room do not cover its during")
  }

  @Test func `keys may repeat unless their periods overlap`() throws {
    #expect(try violations(of: Self.rows).overlaps == 0)
    let overlapping =
      Self.rows + "INSERT INTO rooms VALUES ('[1,2)', '[2026-02-15,2026-02-16)'), ('[9,10)', 'empty');"
    #expect(try violations(of: overlapping).overlaps == 2)
  }

  private func violations(of sql: String) throws -> (orphans: [String?], reason: String, overlaps: Int) {
    let connection = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase(sql))
    let schema = try connection.schema()
    let rooms = try #require(schema.tables.first { $0.name.name == "rooms" })
    let stays = try #require(schema.tables.first { $0.name.name == "stays" })
    var key = KeyConstraint(named: "rooms_pkey")
    key.columns = ["id", "during"]
    key.isTemporal = true
    var reference = ForeignKey(named: "stays_in")
    reference.columns = ["room", "during"]
    reference.referencedTable = rooms.name
    reference.referencedColumns = ["id", "during"]
    reference.isTemporal = true
    let orphans = ViolationQuery.foreignKey(reference, of: stays, in: schema)
    let overlaps = ViolationQuery.key(key, of: rooms, engine: .postgreSQL)
    return (
      try connection.rows("SELECT r.note FROM \(orphans.from) WHERE \(orphans.predicate)").map { $0[0] },
      orphans.reason,
      try connection.rows(overlaps.countSQL).first?.first?.flatMap { Int($0) } ?? -1
    )
  }
}
