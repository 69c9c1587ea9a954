import Engines
import Foundation
import SchemaModel
import Testing

@Suite struct SQLiteRestoreTests {
  /// A database with constraints of every kind, to be filled with rows that violate them.
  private let strictSQL = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, age INT CHECK (age >= 0));
    CREATE TABLE posts (id INTEGER PRIMARY KEY, author INT REFERENCES users ON DELETE CASCADE, title TEXT);
    CREATE TABLE likes (
      author INT, post INT, PRIMARY KEY (author, post),
      FOREIGN KEY (author) REFERENCES users (id), FOREIGN KEY (post) REFERENCES posts (id)
    ) WITHOUT ROWID;
    CREATE TABLE log (text TEXT);
    CREATE TRIGGER posts_gone AFTER DELETE ON posts BEGIN INSERT INTO log VALUES (old.title); END;
    INSERT INTO users VALUES (1, 'a', 30), (2, 'b', 40);
    INSERT INTO posts VALUES (10, 1, 'one'), (11, 2, 'two'), (12, 99, 'lost'), (13, 98, 'lost too'), (14, NULL, '');
    INSERT INTO likes VALUES (1, 10), (77, 10), (1, 55);
    """

  @Test func `a restored file holds the same rows and structure`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try SQLiteConnection(opening: folder.database("a.db", sampleSQL), .readOnly)
    var steps: [(done: Int, total: Int)] = []
    let target = try SQLiteRestoreTarget.load(archive: folder.path("a.db"), into: folder.path("r.db")) {
      steps.append(($0, $1))
    }
    let tables = try archive.schema().tables
    #expect(try target.session.schema() == archive.schema())
    #expect(try target.session.digests(of: tables) { _ in } == archive.digests(of: tables) { _ in })
    #expect(try target.integrityFindings() == [])
    #expect(try target.foreignKeyFindings() == [])
    try target.finish(rebuildingIndexes: true)
    #expect(steps.last.map { $0.done == $0.total && $0.done > 0 } == true)
    #expect(folder.names == ["a.db", "r.db"])
    let again = try SQLiteConnection(opening: folder.path("r.db"), .readOnly)
    #expect(try again.digests(of: tables) { _ in } == archive.digests(of: tables) { _ in })
  }

  @Test func `orphans are counted for each foreign key`() throws {
    let folder = try SQLiteTemporaryFolder()
    let target = try SQLiteRestoreTarget.load(
      archive: folder.database("a.db", strictSQL), into: folder.path("r.db"))
    let (users, posts, likes) = (ObjectName("users"), ObjectName("posts"), ObjectName("likes"))
    #expect(
      Set(try target.foreignKeyFindings()) == [
        .orphans(table: posts, columns: ["author"], referencedTable: users, rowCount: 2, rowIDs: [12, 13]),
        .orphans(table: likes, columns: ["author"], referencedTable: users, rowCount: 1, rowIDs: []),
        .orphans(table: likes, columns: ["post"], referencedTable: posts, rowCount: 1, rowIDs: []),
      ])
  }

  @Test func `a key that SQLite cannot check does not hide the orphans of others`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database(
      "a.db",
      """
      \(strictSQL)
      CREATE TABLE bad (a INT REFERENCES users (age)); INSERT INTO bad VALUES (1);
      CREATE TABLE nowhere (a INT REFERENCES gone (x)); INSERT INTO nowhere VALUES (1), (NULL);
      """)
    let connection = try SQLiteConnection(opening: path, .readOnly)
    let findings = try connection.foreignKeyFindings()
    #expect(
      findings.contains(
        .unchecked(
          table: ObjectName("bad"), reason: "foreign key mismatch - \"bad\" referencing \"users\"")))
    #expect(
      findings.contains(
        .orphans(
          table: ObjectName("nowhere"), columns: ["a"], referencedTable: ObjectName("gone"), rowCount: 1,
          rowIDs: [1])))
    #expect(findings.count == 5)
  }

  @Test func `rows that violate constraints can be moved without setting anything off`() throws {
    let folder = try SQLiteTemporaryFolder()
    let target = try SQLiteRestoreTarget.load(
      archive: folder.database("a.db", strictSQL), into: folder.path("r.db"))
    let session = target.session
    #expect(try session.changedRowCount("DELETE FROM users WHERE id = 1") == 1)
    #expect(try session.changedRowCount("DELETE FROM posts WHERE author = 99") == 1)
    #expect(try session.changedRowCount("UPDATE users SET age = -1") == 1)
    #expect(try session.rows("SELECT count(*) FROM posts WHERE author = 1") == [["1"]])
    #expect(try session.rows("SELECT count(*) FROM log") == [["0"]])
    // The check is left out while rows are moved, but not when integrity is asked for, and stays so.
    #expect(
      try target.integrityFindings().map(\.text) == ["CHECK constraint failed in users"])
    #expect(try session.changedRowCount("UPDATE users SET age = -2") == 1)
    try target.finish()
    let after = try SQLiteConnection(opening: folder.path("r.db"), .readWrite)
    #expect(engineError { try after.execute("UPDATE users SET age = -3") }?.kind == .violation)
    #expect(try after.changedRowCount("DELETE FROM posts WHERE author = 98") == 1)
    #expect(try after.rows("SELECT text FROM log") == [["lost too"]])
  }

  @Test func `violations, indexes that do not fit and damage are told apart`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database(
      "a.db",
      """
      CREATE TABLE t (a TEXT NOT NULL, b TEXT /*T NULL*/, c INT UNIQUE, d INT);
      CREATE INDEX by_a ON t (a);
      PRAGMA ignore_check_constraints = ON;
      INSERT INTO t VALUES ('x', NULL, 1, 1), ('y', 'z', 2, 1);
      """)
    try folder.patch("a.db", "b TEXT /*T NULL*/", with: "b TEXT NOT NULL  ")
    try folder.patch("a.db", "ON t (a)", with: "ON t (b)")
    let target = try SQLiteRestoreTarget.load(archive: folder.path("a.db"), into: folder.path("r.db"))
    let findings = try target.integrityFindings()
    #expect(findings.contains(SQLiteIntegrityFinding("NULL value in t.b")))
    #expect(findings.contains(SQLiteIntegrityFinding("row 1 missing from index by_a")))
    #expect(findings.filter { $0.nature == .violation }.count == 1)
    #expect(findings.filter { $0.nature == .damage } == [])
    #expect(try target.integrityFindings(limit: 1).count == 1)
    try target.session.execute("REINDEX")
    #expect(try target.integrityFindings().map(\.text) == ["NULL value in t.b"])
    target.abandon()
    #expect(folder.names == ["a.db"])
  }

  @Test(arguments: [
    ("NULL value in t.a", SQLiteIntegrityFinding.Nature.violation),
    ("CHECK constraint failed in t", .violation),
    ("non-unique entry in index sqlite_autoindex_t_1", .violation),
    ("non-INT value in t.a", .violation),
    ("row 7 missing from index i", .index),
    ("wrong # of entries in index i", .index),
    ("*** in database main ***\nPage 5 is never used", .damage),
    ("database disk image is malformed", .damage),
  ])
  func `what integrity_check says is sorted by what follows`(
    _ text: String, _ nature: SQLiteIntegrityFinding.Nature
  ) {
    #expect(SQLiteIntegrityFinding(text).nature == nature)
  }

  @Test func `a duplicate in a unique index is found, and making the index anew fails`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database(
      "a.db",
      "CREATE TABLE t (a INT, b INT); CREATE UNIQUE INDEX i ON t (a); INSERT INTO t VALUES (1, 5), (2, 5)")
    try folder.patch("a.db", "ON t (a)", with: "ON t (b)")
    let target = try SQLiteRestoreTarget.load(archive: folder.path("a.db"), into: folder.path("r.db"))
    #expect(try target.integrityFindings().contains { $0.nature == .index })
    #expect(engineError { try target.finish(rebuildingIndexes: true) }?.kind == .violation)
    target.abandon()
  }

  @Test func `a damaged archive is found out`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database("a.db", sampleSQL)
    var bytes = try folder.bytes("a.db")
    for index in (4096 * 3)..<(4096 * 4) { bytes[index] = 0 }
    try folder.write(bytes, to: "a.db")
    let target = try SQLiteRestoreTarget.load(archive: folder.path("a.db"), into: folder.path("r.db"))
    #expect(try target.integrityFindings().contains { $0.nature == .damage })
  }

  @Test(arguments: [0, 20, 600])
  func `an archive that is no database never takes the place of one`(_ count: Int) throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("r.db", "CREATE TABLE precious (a)")
    let before = try folder.bytes("r.db")
    try folder.write(Data(repeating: 7, count: count), to: "a.db")
    let error = engineError {
      _ = try SQLiteRestoreTarget.load(archive: folder.path("a.db"), into: path, replacing: true)
    }
    #expect(error?.kind == .damaged)
    #expect(try folder.bytes("r.db") == before)
    #expect(folder.names == ["a.db", "r.db"])
  }

  @Test func `a database that is there is only replaced when that is asked for`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let path = try folder.database("r.db", "CREATE TABLE old (a)")
    let before = try folder.bytes("r.db")
    let error = try #require(engineError { _ = try SQLiteRestoreTarget.load(archive: archive, into: path) })
    #expect(error.kind == .refused)
    #expect(error.message == "there is a file \(path) already, of \(before.count) bytes")
    #expect(try folder.bytes("r.db") == before)
    let target = try SQLiteRestoreTarget.load(archive: archive, into: path, replacing: true)
    #expect(try target.session.schema().tables.map(\.name.name) == ["notes", "tags"])
    try target.finish()
    #expect(folder.names == ["a.db", "r.db"])
  }

  @Test func `a replaced file keeps its mode`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let path = try folder.database("r.db", "CREATE TABLE old (a)")
    chmod(path, 0o640)
    try SQLiteRestoreTarget.load(archive: archive, into: path, replacing: true).finish()
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test func `a live database is no archive`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
    let writer = try SQLiteConnection(opening: path, .readWrite)
    try writer.execute("INSERT INTO t VALUES (1)")
    let error = engineError { _ = try SQLiteRestoreTarget.load(archive: path, into: folder.path("r.db")) }
    #expect(error?.kind == .refused)
    #expect(error?.hint == "Take a backup of it, and restore that.")
    #expect(!folder.names.contains { $0.hasPrefix("r.db") })
  }

  @Test func `an empty file may become the database`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    try folder.write(Data(), to: "r.db")
    try SQLiteRestoreTarget.load(archive: archive, into: folder.path("r.db")).finish()
    #expect(try folder.bytes("r.db") == folder.bytes("a.db"))
  }

  @Test func `the archive itself is never the target`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let before = try folder.bytes("a.db")
    let error = engineError {
      _ = try SQLiteRestoreTarget.load(
        archive: archive, into: folder.path("../\(folder.url.lastPathComponent)/a.db"), replacing: true)
    }
    #expect(error?.message.hasSuffix("is the archive itself") == true)
    #expect(try folder.bytes("a.db") == before)
  }

  @Test func `a journal that lost its database is not put beside a new one`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    try folder.write(Data("last changes".utf8), to: "r.db-wal")
    let error = engineError { _ = try SQLiteRestoreTarget.load(archive: archive, into: folder.path("r.db")) }
    #expect(error?.kind == .refused)
    #expect(try folder.bytes("r.db-wal") == Data("last changes".utf8))
    let target = try SQLiteRestoreTarget.load(archive: archive, into: folder.path("r.db"), replacing: true)
    #expect(try target.integrityFindings() == [])
    try target.finish()
    #expect(folder.names == ["a.db", "r.db"])
  }

  @Test(arguments: ["WAL", "DELETE"])
  func `a database in use is not replaced`(_ mode: String) throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let path = try folder.database("r.db", "PRAGMA journal_mode = \(mode); CREATE TABLE old (a)")
    let user = try SQLiteConnection(opening: path, .readWrite)
    try user.execute("BEGIN IMMEDIATE; INSERT INTO old VALUES (1)")
    let error = engineError {
      _ = try SQLiteRestoreTarget.load(archive: archive, into: path, replacing: true)
    }
    #expect(error?.kind == .timeout)
    try user.execute("COMMIT")
    #expect(try user.rows("SELECT count(*) FROM old") == [["1"]])
    user.close()
    #expect(folder.names == ["a.db", "r.db"])
  }

  @Test func `when asked to stop it leaves nothing behind`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let error = engineError {
      _ = try SQLiteRestoreTarget.load(archive: archive, into: folder.path("r.db"), shouldStop: { true })
    }
    #expect(error?.kind == .interrupted)
    #expect(folder.names == ["a.db"])
  }

  @Test func `an archive or a folder that is missing is named`() throws {
    let folder = try SQLiteTemporaryFolder()
    let archive = try folder.database("a.db", sampleSQL)
    let noArchive = engineError {
      _ = try SQLiteRestoreTarget.load(archive: folder.path("b.db"), into: folder.path("r.db"))
    }
    #expect(noArchive?.kind == .notFound)
    let noFolder = engineError {
      _ = try SQLiteRestoreTarget.load(archive: archive, into: folder.path("no/r.db"))
    }
    #expect(noFolder?.kind == .notFound)
    #expect(folder.names == ["a.db"])
  }
}
