import Engines
import Foundation
import SchemaModel
import Testing

/// Files that are not what they should be, or not free to be read.
@Suite struct SQLiteDamageTests {
  private func opening(_ path: String, _ access: SQLiteConnection.Access = .readOnly) -> EngineError? {
    engineError { try SQLiteConnection(opening: path, access, busyTimeout: .zero).close() }
  }

  @Test(arguments: [SQLiteConnection.Access.readOnly, .readWrite])
  func `a missing file is not found, and not made`(_ access: SQLiteConnection.Access) throws {
    let folder = try SQLiteTemporaryFolder()
    let error = try #require(opening(folder.path("none.db"), access))
    #expect(error.kind == .notFound)
    #expect(error.message == "there is no file \(folder.path("none.db"))")
    #expect(error.hint == "Correct the path; a file that is to be read is never made.")
    #expect(folder.names == [])
  }

  @Test func `a missing folder is named`() throws {
    let folder = try SQLiteTemporaryFolder()
    for access in [SQLiteConnection.Access.readOnly, .create] {
      let error = try #require(opening(folder.path("no/where.db"), access))
      #expect(error.kind == .notFound)
      #expect(error.message == "there is no folder \(folder.path("no"))")
    }
  }

  @Test func `a path is needed`() {
    #expect(opening("")?.kind == .notFound)
    #expect(opening("a\u{0}b")?.kind == .notFound)
  }

  @Test func `a folder is no database`() throws {
    let folder = try SQLiteTemporaryFolder()
    let error = try #require(opening(folder.path("")))
    #expect(error.kind == .damaged)
    #expect(error.message.hasSuffix("is a folder, not a database file"))
  }

  @Test func `a pipe is refused at once instead of waited for`() throws {
    let folder = try SQLiteTemporaryFolder()
    mkfifo(folder.path("pipe"), 0o600)
    #expect(opening(folder.path("pipe"))?.message.hasSuffix("is no regular file") == true)
  }

  @Test func `an empty file is nothing to read, but a place to write`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.write(Data(), to: "empty.db")
    let error = try #require(opening(folder.path("empty.db")))
    #expect(error.kind == .damaged)
    #expect(error.message.hasSuffix("is empty: 0 bytes"))
    #expect(try folder.bytes("empty.db").isEmpty)
    #expect(opening(folder.path("empty.db"), .readWrite) == nil)
  }

  @Test(arguments: [
    (Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }), "some other file"),
    (Data("short".utf8), "some other file"),
    (Data("-- dump\nCREATE TABLE t (a);".utf8), "SQL text"),
    (Data([0x1F, 0x8B, 8, 0]), "a gzip archive"),
    (Data("PK\u{3}\u{4}".utf8), "a zip archive"),
    (Data("PGDMP".utf8), "an archive of pg_dump"),
    (Data("** This file contains an SQLite 2.1 database **".utf8), "a database of SQLite 2"),
  ])
  func `a file of another kind is told by its first bytes`(_ bytes: Data, _ words: String) throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.write(bytes, to: "other.db")
    for access in [SQLiteConnection.Access.readOnly, .readWrite, .create] {
      let error = try #require(opening(folder.path("other.db"), access))
      #expect(error.kind == .damaged)
      #expect(error.message.contains("is no SQLite database but \(words)"))
      #expect(error.hint != nil)
    }
    #expect(try folder.bytes("other.db") == bytes)
    #expect(folder.names == ["other.db"])
  }

  @Test func `a truncated file is damaged, at the latest when its rows are read`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database("whole.db", sampleSQL)
    let whole = try folder.bytes("whole.db")
    for count in [20, 99, 100, 511, 2000, 4096, whole.count / 2, whole.count - 4096] {
      try folder.write(whole.prefix(count), to: "cut.db")
      let error = engineError {
        let connection = try SQLiteConnection(opening: folder.path("cut.db"), .readOnly)
        _ = try connection.digests(of: connection.schema().tables) { _ in }
      }
      #expect(error?.kind == .damaged, "\(count) bytes: \(String(describing: error))")
    }
  }

  @Test func `a page of rubbish is damage`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database("a.db", sampleSQL)
    var bytes = try folder.bytes("a.db")
    for index in 4096..<bytes.count { bytes[index] = 0xA5 }
    try folder.write(bytes, to: "a.db")
    let connection = try SQLiteConnection(opening: folder.path("a.db"), .readOnly)
    let tables = try connection.schema().tables
    let error = try #require(engineError { _ = try connection.digests(of: tables) { _ in } })
    #expect(error.kind == .damaged)
    #expect(error.message == "database disk image is malformed")
    #expect(error.hint?.contains(".recover") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `a file that may not be read says so`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "CREATE TABLE t (a)")
    chmod(path, 0)
    #expect(opening(path)?.kind == .permission)
  }

  @Test func `a database locked by a writer times out with a hint`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "CREATE TABLE t (a)")
    let writer = try SQLiteConnection(opening: path, .readWrite)
    try writer.execute("BEGIN EXCLUSIVE")
    let error = try #require(opening(path))
    #expect(error.kind == .timeout)
    #expect(error.message == "\(path) is locked: database is locked")
    #expect(error.hint?.hasPrefix("Another program holds a lock") == true)
    try writer.execute("COMMIT")
    #expect(opening(path) == nil)
  }

  @Test func `a WAL database is read while a writer is in the middle of a transaction`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
    let writer = try SQLiteConnection(opening: path, .readWrite)
    try writer.execute("INSERT INTO t VALUES (1); BEGIN IMMEDIATE; INSERT INTO t VALUES (2)")
    let files = try ["a.db", "a.db-wal"].map(folder.bytes)
    let reader = try SQLiteConnection(opening: path, .readOnly, busyTimeout: .zero)
    #expect(try reader.schema().tables.count == 1)
    #expect(try reader.rows("SELECT a FROM t") == [["1"]])
    reader.close()
    #expect(try ["a.db", "a.db-wal"].map(folder.bytes) == files)
    try writer.execute("COMMIT")
    let after = try SQLiteConnection(opening: path, .readOnly)
    #expect(try after.rows("SELECT a FROM t") == [["1"], ["2"]])
  }

  @Test func `reading a WAL database nobody has open leaves its bytes alone`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "PRAGMA journal_mode = WAL; \(sampleSQL)")
    let bytes = try folder.bytes("a.db")
    #expect(folder.names == ["a.db"])
    let reader = try SQLiteConnection(opening: path, .readOnly)
    _ = try reader.digests(of: reader.schema().tables) { _ in }
    reader.close()
    #expect(try folder.bytes("a.db") == bytes)
    // What SQLite makes for a reader of such a file; see SQLiteConnection.
    #expect(folder.names == ["a.db", "a.db-shm", "a.db-wal"])
    #expect(try folder.bytes("a.db-wal").isEmpty)
  }

  @Test func `reading a database with a journal leaves no trace`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", sampleSQL)
    let bytes = try folder.bytes("a.db")
    let reader = try SQLiteConnection(opening: path, .readOnly)
    _ = try reader.digests(of: reader.schema().tables) { _ in }
    reader.close()
    #expect(try folder.bytes("a.db") == bytes)
    #expect(folder.names == ["a.db"])
  }

  @Test func `a write that was cut off is not read over, and the way out is said`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", sampleSQL)
    let writer = try SQLiteConnection(opening: path, .readWrite)
    // A cache this small makes SQLite write pages, and so the journal, before the commit.
    try writer.execute("PRAGMA cache_size = 1; BEGIN; UPDATE notes SET body = 'x' || body")
    try folder.write(folder.bytes("a.db"), to: "crashed.db")
    try folder.write(folder.bytes("a.db-journal"), to: "crashed.db-journal")
    try writer.execute("ROLLBACK")
    let error = try #require(opening(folder.path("crashed.db")))
    #expect(error.kind == .unreachable)
    #expect(error.hint?.contains("so that SQLite puts it in order") == true)
    // Opened for writing SQLite puts it in order.
    let healed = try SQLiteConnection(opening: folder.path("crashed.db"), .readWrite)
    #expect(try healed.rows("SELECT count(*) FROM notes WHERE body LIKE 'x%'") == [["0"]])
  }
}
