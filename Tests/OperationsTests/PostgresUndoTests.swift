import Engines
import SchemaModel
import Testing
import TestSupport

/// What undoes a difference in one direction only; pairs that go both ways are in `Tests/Cases/drift`.
@Suite struct PostgresUndoTests {
  private func schema(of conninfo: String) throws -> Schema {
    try PostgresConnection(PostgresConnectionString(conninfo), for: .reading(statementSeconds: 60)).schema()
  }

  @Test func `a partition that is attached again meets its table's checks first`() throws {
    let parent = "CREATE TABLE p (k integer, v integer CHECK (v > 0)) PARTITION BY LIST (k);"
    let expected = try TemporaryPostgres.makeDatabase(
      parent, "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);")
    let found = try TemporaryPostgres.makeDatabase(
      parent, "CREATE TABLE p1 (k integer, v integer CONSTRAINT p_v_check CHECK (v > 1));")
    #expect(
      try UndoProof.differencesLeft(
        making: found, schema(of: found), into: schema(of: expected), refusal: nil) == [])
  }
}
