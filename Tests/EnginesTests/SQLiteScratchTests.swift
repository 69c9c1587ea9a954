import Engines
import Foundation
import SchemaModel
import Testing

@Suite struct SQLiteScratchTests {
  private func failure(_ sql: String) -> EngineError? {
    engineError { _ = try SQLiteScratch.session(applying: sql, from: "schema.sql") }
  }

  @Test func `a wrong statement is named with its line`() throws {
    let error = try #require(
      failure(
        """
        -- A first table.
        CREATE TABLE a (x INT);

        /* and
           another */
          CREATE TABLE b (
            y INT,,
          );
        """))
    #expect(error.kind == .refused)
    #expect(error.message == "schema.sql, line 6: near \",\": syntax error")
    #expect(error.detail.first == "statement 2 begins with CREATE TABLE b")
  }

  @Test func `a row that does not fit is named without its values`() throws {
    let error = try #require(
      failure("CREATE TABLE a (x INT UNIQUE);\nINSERT INTO a VALUES ('secret'), ('secret');"))
    #expect(error.kind == .violation)
    #expect(error.message == "schema.sql, line 2: UNIQUE constraint failed: a.x")
    #expect(error.detail.first == "statement 2 begins with INSERT INTO a")
    #expect(!"\(error)".contains("secret"))
  }

  @Test func `commands of the shell are recognised`() throws {
    let error = try #require(failure("CREATE TABLE a (x);\n.mode csv\n"))
    #expect(error.message.hasPrefix("schema.sql, line 2: "))
    #expect(error.hint?.contains("commands of the sqlite3 shell") == true)
  }

  @Test(arguments: ["ATTACH '%' AS other", "ATTACH 'file:' || '%' AS other", "VACUUM INTO '%'"])
  func `text that is read as a schema makes no files`(_ sql: String) throws {
    let folder = try SQLiteTemporaryFolder()
    let statement = sql.replacingOccurrences(of: "%", with: folder.path("made.db"))
    let error = try #require(failure("CREATE TABLE a (x); \(statement);"))
    #expect(error.kind == .permission)
    #expect(error.hint == "Text that is read as a schema may not attach files; take that statement out.")
    #expect(folder.names == [])
  }

  @Test func `what harmless scripts hold is taken`() throws {
    let session = try SQLiteScratch.session(
      applying: """
        \u{FEFF}PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; CREATE TABLE a (x); VACUUM; ANALYZE;
        BEGIN; CREATE TABLE b (y)
        """, from: "script.sql")
    #expect(try session.schema().tables.map(\.name.name) == ["a", "b"])
    #expect(!session.isInTransaction)
    #expect(session.databaseName == "script.sql")
  }

  @Test func `a dump with a virtual table gives the schema of its source`() throws {
    let dump = """
      PRAGMA foreign_keys=OFF;
      BEGIN TRANSACTION;
      CREATE TABLE t (a);
      PRAGMA writable_schema=ON;
      INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)
        VALUES('table','ft','ft',0,'CREATE VIRTUAL TABLE ft USING fts5(x)');
      CREATE TABLE IF NOT EXISTS 'ft_data'(id INTEGER PRIMARY KEY, block BLOB);
      CREATE TABLE IF NOT EXISTS 'ft_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS 'ft_content'(id INTEGER PRIMARY KEY, c0);
      CREATE TABLE IF NOT EXISTS 'ft_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
      CREATE TABLE IF NOT EXISTS 'ft_config'(k PRIMARY KEY, v) WITHOUT ROWID;
      PRAGMA writable_schema=OFF;
      COMMIT;
      """
    let source = try SQLiteScratch.session(
      applying: "CREATE TABLE t (a); CREATE VIRTUAL TABLE ft USING fts5(x)", from: "source")
    #expect(try SQLiteScratch.session(applying: dump, from: "dump.sql").schema() == source.schema())
  }

  @Test func `several texts make one database`() throws {
    let session = try SQLiteScratch.session(named: "migrations")
    try SQLiteScratch.apply("CREATE TABLE a (x)", from: "1.sql", to: session)
    try SQLiteScratch.apply("ALTER TABLE a ADD COLUMN y INT", from: "2.sql", to: session)
    #expect(try session.schema().tables.first?.columns.map(\.name) == ["x", "y"])
    let error = engineError {
      try SQLiteScratch.apply("ALTER TABLE b ADD COLUMN y", from: "3.sql", to: session)
    }
    #expect(error?.message == "3.sql, line 1: no such table: b")
    #expect(error?.kind == .notFound)
  }

  @Test func `nothing gives an empty schema`() throws {
    let schema = try SQLiteScratch.session(applying: "-- nothing yet\n", from: "empty.sql").schema()
    #expect(schema == Schema(engine: .sqlite, serverVersion: schema.serverVersion))
  }
}
