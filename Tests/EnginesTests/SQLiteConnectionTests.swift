import Engines
import Foundation
import SchemaModel
import Testing

@Suite struct SQLiteConnectionTests {
  @Test func `a database has the names people call it by`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("shop.db", "CREATE TABLE t (a)")
    let connection = try SQLiteConnection(opening: path, .readOnly)
    #expect(connection.engine == .sqlite)
    #expect(connection.databaseName == "shop.db")
    #expect(connection.displayName == path)
    #expect(connection.serverVersion.hasPrefix("3."))
    #expect(try SQLiteConnection(inMemoryAs: "scratch").databaseName == "scratch")
  }

  @Test(arguments: ["a?b#c%41 d.db", "ümläut&=x.db", "file:x.db", "it's.db", "-x.db", "a\nb.db", ":memory:"])
  func `any file name is taken as it is`(_ name: String) throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database(name, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    #expect(folder.names == [name])
    let again = try SQLiteConnection(opening: folder.path(name), .readOnly)
    #expect(try again.rows("SELECT a FROM t") == [["1"]])
  }

  @Test func `values come as text, whatever their storage class`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "values")
    let rows = try connection.rows(
      """
      SELECT NULL, 42, 1.5, 'it''s é', '', x'00ff10', x'', CAST(x'41ff42' AS TEXT), CAST(x'410042' AS TEXT)
      """)
    #expect(rows == [[nil, "42", "1.5", "it's é", "", "x'00ff10'", "x''", "A\u{FFFD}B", "A\u{0}B"]])
    #expect(try connection.rows("SELECT 1 WHERE 0").isEmpty)
    #expect(try connection.rows("-- nothing").isEmpty)
  }

  @Test func `statements run one after the other`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "many")
    try connection.execute(
      "CREATE TABLE t (a); INSERT INTO t VALUES (';'), ('--'); /* ; */ INSERT INTO t SELECT 3; -- the end")
    #expect(try connection.rows("SELECT group_concat(a, ' ') FROM t") == [["; -- 3"]])
    // What stood before the error has run.
    #expect(engineError { try connection.execute("DELETE FROM t; BOOM; INSERT INTO t VALUES (1)") } != nil)
    #expect(try connection.rows("SELECT count(*) FROM t") == [["0"]])
  }

  @Test func `one query is one statement`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "one")
    try connection.execute("CREATE TABLE t (a)")
    let error = engineError { _ = try connection.rows("SELECT 1; INSERT INTO t VALUES (1)") }
    #expect(error?.message == "more than one statement where one is expected")
    #expect(try connection.rows("SELECT count(*) FROM t;  ") == [["0"]])
  }

  @Test func `changed rows are counted, those of triggers and of other statements are not`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "changes")
    try connection.execute(
      """
      CREATE TABLE t (a); CREATE TABLE log (a);
      CREATE TRIGGER g AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.a); END;
      """)
    #expect(try connection.changedRowCount("INSERT INTO t VALUES (1), (2), (3)") == 3)
    #expect(try connection.changedRowCount("SELECT * FROM t") == 0)
    #expect(try connection.changedRowCount("CREATE TABLE u (a)") == 0)
    #expect(try connection.changedRowCount("UPDATE t SET a = 9 WHERE a > 99") == 0)
    #expect(try connection.changedRowCount("DELETE FROM t WHERE a < 3") == 2)
  }

  @Test(arguments: [
    ("INSERT INTO t VALUES (NULL, 1)", EngineError.Kind.violation, "NOT NULL constraint failed: t.a"),
    ("INSERT INTO t VALUES (1, 1), (1, 1)", .violation, "UNIQUE constraint failed: t.a"),
    ("SELECT * FROM missing", .notFound, "no such table: missing"),
    ("SELECT missing FROM t", .notFound, "no such column: missing"),
    ("SELECT missing(1)", .unsupported, "no such function: missing"),
    ("CREATE VIRTUAL TABLE v USING missing", .unsupported, "no such module: missing"),
    ("SELEC 1", .refused, "near \"SELEC\": syntax error"),
    (
      "PRAGMA max_page_count = 3; CREATE TABLE u AS SELECT zeroblob(100000) AS b", .diskFull,
      "database or disk is full"
    ),
    ("CREATE TABLE sqlite_own (a)", .refused, "object name reserved for internal use: sqlite_own"),
    ("SELECT 1\u{0}; SELECT 2", .refused, "the SQL text holds a zero byte"),
  ])
  func `an error has its kind and SQLite's words`(
    _ sql: String, _ kind: EngineError.Kind, _ message: String
  ) throws {
    let connection = try SQLiteConnection(inMemoryAs: "errors")
    try connection.execute("CREATE TABLE t (a INT NOT NULL UNIQUE, b)")
    let error = try #require(engineError { try connection.execute(sql) })
    #expect(error.kind == kind)
    #expect(error.message == message)
  }

  @Test func `a read-only connection does not write`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "CREATE TABLE t (a)")
    let connection = try SQLiteConnection(opening: path, .readOnly)
    #expect(engineError { try connection.execute("INSERT INTO t VALUES (1)") }?.kind == .permission)
    #expect(engineError { try connection.execute("CREATE TABLE u (a)") }?.kind == .permission)
  }

  @Test func `the schema table is guarded`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "CREATE TABLE t (a)")
    let connection = try SQLiteConnection(opening: path, .readWrite)
    let error = engineError {
      try connection.execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema")
    }
    #expect(error?.message == "table sqlite_master may not be modified")
  }

  @Test func `after closing everything fails and says why`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "gone")
    connection.close()
    connection.close()
    #expect(engineError { try connection.execute("SELECT 1") }?.kind == .connectionLost)
    #expect(engineError { _ = try connection.schema() }?.message == "the connection to gone is closed")
    connection.interruption.interrupt()
  }

  @Test func `an interruption before a statement stops it, and only it`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "stop")
    connection.interruption.interrupt()
    connection.interruption.interrupt()
    #expect(engineError { try connection.execute("SELECT 1") }?.kind == .interrupted)
    #expect(try connection.rows("SELECT 1") == [["1"]])
  }

  @Test(.timeLimit(.minutes(1)))
  func `an interruption from another thread stops an endless statement`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "endless")
    let interruption = connection.interruption
    for _ in 0..<300 {
      let isStarted = DispatchSemaphore(value: 0)
      let isDone = DispatchSemaphore(value: 0)
      let thread = Thread {
        isStarted.wait()
        interruption.interrupt()
        isDone.signal()
      }
      thread.start()
      isStarted.signal()
      let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
      #expect(engineError { try connection.execute(endless) }?.kind == .interrupted)
      isDone.wait()
    }
    #expect(try connection.rows("SELECT 1") == [["1"]])
  }

  @Test func `a statement that runs too long is stopped, and says so`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "slow")
    connection.statementTimeout = .zero
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    let error = try #require(engineError { try connection.execute(endless) })
    #expect(error.kind == .timeout)
    #expect(error.message == "a statement ran longer than 0.0 seconds")
    connection.statementTimeout = nil
    #expect(try connection.rows("SELECT 1") == [["1"]])
  }

  @Test func `a snapshot is of one moment, and ends whatever happens`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
    let writer = try SQLiteConnection(opening: path, .readWrite)
    let reader = try SQLiteConnection(opening: path, .readOnly)
    try reader.withSnapshot { () throws(EngineError) in
      try writer.execute("INSERT INTO t VALUES (1); CREATE TABLE u (a)")
      let rows = try reader.rows("SELECT count(*) FROM t")
      #expect(rows == [["0"]])
      let tables = try reader.schema().tables.map(\.name.name)
      #expect(tables == ["t"])
      #expect(reader.isInTransaction)
    }
    #expect(!reader.isInTransaction)
    #expect(try reader.rows("SELECT count(*) FROM t") == [["1"]])
    #expect(try reader.schema().tables.map(\.name.name) == ["t", "u"])
    let error = engineError {
      try reader.withSnapshot { () throws(EngineError) in throw EngineError(.refused, "no") }
    }
    #expect(error?.message == "no")
    #expect(!reader.isInTransaction)
  }
}
