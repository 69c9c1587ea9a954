import SchemaModel
import SchemaText
import TestSupport
import Testing

@testable import Engines

@Suite struct DirtyTableReadingTests {
  private static let table = """
    CREATE TABLE t (id integer, a integer, b text, note text,
      CONSTRAINT t_id UNIQUE (id), CONSTRAINT t_pair UNIQUE (a, b), CONSTRAINT small CHECK (a < 30000));
    UPDATE pg_index SET indisready = false WHERE indrelid = 't'::regclass;
    INSERT INTO t SELECT n, n, 'x', 'note' FROM generate_series(1, 20000) n;
    INSERT INTO t VALUES (7, 20001, 'x', NULL), (20002, NULL, 'x', NULL), (20003, 1, 'y', 'note'), (8, NULL, 'x', 'note');
    ALTER TABLE t DROP CONSTRAINT small;
    INSERT INTO t VALUES (20004, 40000, 'x', NULL);
    ALTER TABLE t ADD CONSTRAINT small CHECK (a < 30000) NOT VALID;
    UPDATE pg_constraint SET convalidated = true WHERE conname = 'small';
    UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 't'::regclass AND attname = 'note';
    """

  @Test func `one reading finds the places of broken rows and the keys that rows share`() throws {
    let connection = try PostgresFacts.connection(to: try TemporaryPostgres.makeDatabase(Self.table))
    let dirty = try #require(try Self.read(on: connection, rowCount: 20005))
    func ids(_ name: String, _ kind: ObjectKind) throws -> [String] {
      let reference = ConstraintReference(kind: kind, table: ObjectName(schema: "public", "t"), name: name)
      let places = try #require(dirty.brokenRows[reference])
      guard !places.isEmpty else { return [] }
      let list = places.map { "'\($0)'" }.joined(separator: ", ")
      return try connection.rows("SELECT id FROM public.t WHERE ctid IN (\(list)) ORDER BY id").map {
        $0[0] ?? ""
      }
    }
    #expect(try ids("note", .column) == ["7", "20002", "20004"])
    #expect(try ids("small", .checkConstraint) == ["20004"])
    #expect(dirty.refused.map(\.name) == ["t_id"])
    #expect(dirty.sharedKeys.values.first.map { Set($0) } == [["7"], ["8"]])
  }

  @Test func `a table with too many keys, or too many broken rows, is left to other ways`() throws {
    let database = try TemporaryPostgres.makeDatabase(Self.table)
    func read(rowCount: Int) throws -> Bool {
      try Self.read(on: PostgresFacts.connection(to: database), rowCount: rowCount) != nil
    }
    #expect(try read(rowCount: 20005))
    #expect(try !read(rowCount: SharedKeyReading.mostHashes))
    try TemporaryPostgres.run(
      """
      ALTER TABLE t ALTER note DROP NOT NULL; UPDATE t SET note = NULL WHERE note <> '';
      UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 't'::regclass AND attname = 'note';
      """, in: database)
    #expect(try !read(rowCount: 20005))
  }

  private static func read(on connection: PostgresConnection, rowCount: Int) throws -> DirtyTable? {
    let schema = try connection.schema()
    let table = try #require(schema.tables.first)
    return try connection.readDirty(
      table, for: ViolationQuery.all(of: table, in: schema), in: schema, rowCount: rowCount)
  }
}
