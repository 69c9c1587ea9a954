import Engines
import Foundation
import SchemaModel
import Testing

@Suite struct SQLiteDigestTests {
  /// The digest of table `t` in a database in memory made by the statements.
  private func digest(_ sql: String, settings: String = "") throws -> TableDigest {
    let connection = try SQLiteConnection(inMemoryAs: "digest")
    try connection.execute(settings + sql)
    let table = try #require(try connection.schema().table(named: ObjectName("t")))
    return try #require(try connection.digests(of: [table]) { _ in }.first)
  }

  @Test func `a row hash is XXH3 with 128 bits in its canonical order`() {
    // From the test vectors of xxHash.
    #expect(
      RowHash.hash(UnsafeRawBufferPointer(start: nil, count: 0)) == 0x99aa_06d3_0147_98d8_6001_c324_468d_497f)
    #expect(
      Array("abc".utf8).withUnsafeBytes { RowHash.hash($0) } == 0x06b0_5ab6_733a_6185_78af_5f94_892f_3950)
  }

  @Test func `the order of rows does not matter`() throws {
    let one = try digest("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, NULL)")
    let other = try digest("CREATE TABLE t (a, b); INSERT INTO t VALUES (3, NULL), (1, 'x'), (2, 'y')")
    #expect(one == other)
    #expect(one.rowCount == 3)
    #expect(one.columns == ["a", "b"])
    #expect(one.table == ObjectName("t"))
  }

  @Test func `rows that differ in anything differ`() throws {
    let rows = [
      "(1, 2)", "(2, 1)", "(1.0, 2)", "('1', 2)", "(x'31', 2)", "(NULL, 2)", "('', 2)", "(x'', 2)", "(0, 2)",
      "(0.0, 2)", "('ab', 'c')", "('a', 'bc')", "('a', 'b'), ('c', 'd')", "('a', 'd'), ('c', 'b')",
      "('a', 'b'), ('a', 'b')", "(CAST(x'ff' AS TEXT), 2)", "(CAST(x'fe' AS TEXT), 2)", "(x'ff', 2)",
      "(CAST(x'6100' AS TEXT), 2)", "('a', 2)", "(9223372036854775807, 2)", "(-9223372036854775808, 2)",
      "('A', 2)", "('a ', 2)",
    ]
    let hashes = try rows.map { try digest("CREATE TABLE t (a, b); INSERT INTO t VALUES \($0)").content }
    #expect(Set(hashes).count == rows.count)
  }

  @Test func `a row that stands twice counts twice, and no rows are zero`() throws {
    let none = try digest("CREATE TABLE t (a)")
    #expect(none.content == ContentHash() && none.rowCount == 0)
    let twice = try digest("CREATE TABLE t (a); INSERT INTO t VALUES (7), (7)")
    let once = try digest("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
    #expect(twice.content.sum == once.content.sum &+ once.content.sum)
    #expect(twice.rowCount == 2)
  }

  @Test func `the encoding never changes`() throws {
    let digest = try digest(
      "CREATE TABLE t (a, b, c, d, e); INSERT INTO t VALUES (NULL, -2, 1.5, 'é', x'00ff')")
    // By a C program over: 00, 01 fffffffffffffffe, 02 3ff8000000000000, 03 0000000000000002 c3a9,
    // 04 0000000000000002 00ff.
    #expect(digest.content.hexadecimal == "1710bb84869475c873496ae927724a14")
  }

  @Test func `generated columns, indexes, table forms and encodings change nothing`() throws {
    let insert = "INSERT INTO t (a, b) SELECT value, 'text ' || value FROM generate; "
    let source = "CREATE TABLE generate (value); INSERT INTO generate VALUES (1), (2), (3); "
    let plain = try digest(source + "CREATE TABLE t (a INT, b TEXT); " + insert)
    #expect(
      try digest(source + "CREATE TABLE t (a INT, b TEXT); CREATE INDEX i ON t (b, a); " + insert) == plain)
    #expect(
      try digest(source + "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) WITHOUT ROWID; " + insert) == plain)
    #expect(try digest(source + "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT; " + insert) == plain)
    #expect(
      try digest(source + "CREATE TABLE t (a INT, c AS (a * 2), b TEXT, d AS (b) STORED); " + insert) == plain
    )
    let settings = "PRAGMA encoding = 'UTF-16be'; "
    #expect(try digest(source + "CREATE TABLE t (a INT, b TEXT); " + insert, settings: settings) == plain)
  }

  @Test func `long values and many columns are hashed whole`() throws {
    let columns = (0..<200).map { "c\($0)" }.joined(separator: ", ")
    let zeros = Array(repeating: "zeroblob(1000)", count: 199).joined(separator: ", ")
    let one = try digest("CREATE TABLE t (\(columns)); INSERT INTO t VALUES (\(zeros), 'x')")
    let other = try digest("CREATE TABLE t (\(columns)); INSERT INTO t VALUES (\(zeros), 'y')")
    #expect(one.content != other.content)
    #expect(one.columns.count == 200)
  }

  @Test func `a column that is not there is an error, not a constant`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "wrong")
    try connection.execute("CREATE TABLE t (a)")
    var table = Table(named: ObjectName("t"))
    table.columns = [Column(named: "b")]
    #expect(engineError { _ = try connection.digests(of: [table]) { _ in } }?.kind == .notFound)
  }

  @Test func `names of every kind are quoted`() throws {
    let connection = try SQLiteCase.named("names").session()
    let schema = try connection.schema()
    #expect(try connection.digests(of: schema.tables) { _ in }.map(\.table) == schema.tables.map(\.name))
  }

  @Test func `all tables are of one moment, told one by one`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database(
      "a.db", "PRAGMA journal_mode = WAL; CREATE TABLE a (x); CREATE TABLE b (x); INSERT INTO b VALUES (1)")
    let writer = try SQLiteConnection(opening: path, .readWrite)
    let reader = try SQLiteConnection(opening: path, .readOnly)
    var told: [String] = []
    var problems: [EngineError] = []
    let digests = try reader.digests(of: reader.schema().tables) { digest in
      told.append(digest.table.name)
      let problem = engineError { try writer.execute("INSERT INTO b VALUES (2)") }
      if let problem { problems.append(problem) }
    }
    #expect(told == ["a", "b"])
    #expect(problems == [])
    #expect(digests.map(\.rowCount) == [0, 1])
    #expect(try reader.rows("SELECT count(*) FROM b") == [["3"]])
  }

  @Test func `an interruption between tables stops the rest`() throws {
    let connection = try SQLiteConnection(inMemoryAs: "stop")
    try connection.execute("CREATE TABLE a (x); CREATE TABLE b (x)")
    var told = 0
    let tables = try connection.schema().tables
    let error = engineError {
      _ = try connection.digests(of: tables) { _ in
        told += 1
        connection.interruption.interrupt()
      }
    }
    #expect(error?.kind == .interrupted)
    #expect(told == 1)
    #expect(!connection.isInTransaction)
  }
}
