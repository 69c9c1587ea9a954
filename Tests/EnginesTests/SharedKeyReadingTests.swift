import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

@Suite struct SharedKeyReadingTests {
  private static let table = """
    CREATE TABLE t (a integer, b text, CONSTRAINT t_key UNIQUE (a, b));
    UPDATE pg_index SET indisready = false WHERE indexrelid = 't_key'::regclass;
    INSERT INTO t SELECT n, 'x' || n % 7 FROM generate_series(1, 30000) n;
    INSERT INTO t SELECT n, 'x' || n % 7 FROM generate_series(5, 30000, 5000) n;
    INSERT INTO t VALUES (NULL, 'x'), (NULL, 'x'), (7, NULL), (7, NULL);
    ANALYZE t;
    """

  @Test(arguments: [1 << 20, 10_000])
  func `keys that rows share are found, at once or share by share`(_ mostHashes: Int) throws {
    let connection = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase(Self.table))
    let keys = try reading(on: connection)?.keys(on: connection, mostHashes: mostHashes)
    let expected = stride(from: 5, through: 30000, by: 5000).map { ["\($0)", "x\($0 % 7)"] }
    #expect(keys?.sorted { $0[0] < $1[0] } == expected.sorted { $0[0] < $1[0] })
  }

  @Test func `a table that would have to be read too often is left to the server`() throws {
    let connection = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase(Self.table))
    #expect(try reading(on: connection)?.keys(on: connection, mostHashes: 1000) == nil)
  }

  @Test func `a key whose values are equal and not printed alike is left to the server`() throws {
    let connection = try PostgresFacts.connection(
      to: try TemporaryPostgres.makeDatabase("CREATE TABLE t (a numeric, CONSTRAINT t_key UNIQUE (a))"))
    #expect(try reading(on: connection) == nil)
  }

  private func reading(on connection: PostgresConnection) throws -> SharedKeyReading? {
    let schema = try connection.schema()
    let table = try #require(schema.tables.first)
    let query = try #require(
      ViolationQuery.all(of: table, in: schema).first { $0.constraint.name == "t_key" })
    return SharedKeyReading(query, of: table, in: schema)
  }
}
