import Engines
import Foundation
import SchemaModel
import Testing

@Suite struct SQLiteBackupTests {
  /// Enough bytes for several steps, however small a page.
  private let bulkSQL = "INSERT INTO notes (body, mark) VALUES ('bulk', zeroblob(500000));"

  private func digests(_ path: String) throws -> [TableDigest] {
    let connection = try SQLiteConnection(opening: path, .readOnly)
    defer { connection.close() }
    return try connection.digests(of: connection.schema().tables) { _ in }
  }

  @Test(arguments: ["DELETE", "WAL"], [512, 4096, 65536])
  func `a backup holds the same rows and structure, in one plain file`(_ mode: String, _ pageSize: Int) throws
  {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database(
      "a.db", "PRAGMA page_size = \(pageSize); PRAGMA journal_mode = \(mode); \(sampleSQL)")
    let source = try SQLiteConnection(opening: path, .readOnly)
    let before = try folder.bytes("a.db")
    try SQLiteBackup.write(from: source, to: folder.path("b.db"))
    #expect(!source.isInTransaction)
    #expect(try folder.bytes("a.db") == before)
    let copy = try SQLiteConnection(opening: folder.path("b.db"), .readOnly)
    #expect(try copy.schema() == source.schema())
    #expect(try copy.rows("PRAGMA journal_mode") == [["delete"]])
    #expect(try copy.rows("PRAGMA integrity_check") == [["ok"]])
    #expect(try copy.rows("PRAGMA page_size") == [["\(pageSize)"]])
    copy.close()
    source.close()
    #expect(folder.names.filter { $0.hasPrefix("b.db") } == ["b.db"])
    #expect(try digests(folder.path("b.db")) == digests(path))
  }

  @Test func `writes between the steps reach neither the backup nor the digests of its snapshot`() throws {
    let folder = try SQLiteTemporaryFolder()
    // Eight megabytes, so that there are many steps.
    let path = try folder.database(
      "a.db",
      """
      PRAGMA journal_mode = WAL; \(sampleSQL)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO notes (body) SELECT printf('%0*d', 3000, i) FROM n;
      """)
    let writer = try SQLiteConnection(opening: path, .readWrite)
    let source = try SQLiteConnection(opening: path, .readOnly)
    let before = try digests(path)
    var problems: [EngineError] = []
    var steps: [(done: Int, total: Int)] = []
    let (inSnapshot, schema) = try source.withSnapshot { () throws(EngineError) in
      try SQLiteBackup.write(from: source, to: folder.path("b.db")) { done, total in
        steps.append((done, total))
        let problem = engineError {
          try writer.execute(
            """
            UPDATE notes SET body = 'changed ' || body WHERE id % 5 = \(steps.count % 5);
            DELETE FROM notes WHERE id = \(steps.count);
            INSERT INTO tags VALUES (1, 'step \(steps.count)');
            CREATE TABLE step\(steps.count) (a);
            """)
        }
        if let problem { problems.append(problem) }
      }
      let schema = try source.schema()
      return (try source.digests(of: schema.tables) { _ in }, schema)
    }
    #expect(problems == [])
    #expect(steps.count > 5)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.done < $1.done })
    #expect(steps.last.map { $0.done == $0.total } == true)
    #expect(schema.tables.map(\.name.name) == ["notes", "tags"])
    #expect(inSnapshot == before)
    #expect(try digests(folder.path("b.db")) == before)
    #expect(try digests(path) != before)
    source.close()
    writer.close()
    #expect(folder.names.filter { $0.hasPrefix("b.db") } == ["b.db"])
  }

  @Test func `without WAL a writer waits until the backup is done`() throws {
    let folder = try SQLiteTemporaryFolder()
    let path = try folder.database("a.db", sampleSQL)
    let writer = try SQLiteConnection(opening: path, .readWrite, busyTimeout: .zero)
    let source = try SQLiteConnection(opening: path, .readOnly)
    var kinds: Set<EngineError.Kind> = []
    try SQLiteBackup.write(from: source, to: folder.path("b.db")) { _, _ in
      if let error = engineError({ try writer.execute("DELETE FROM tags") }) { kinds.insert(error.kind) }
    }
    #expect(kinds == [.timeout])
    #expect(try writer.changedRowCount("DELETE FROM tags") == 100)
    #expect(try digests(folder.path("b.db")).map(\.rowCount) == [100, 100])
  }

  @Test func `a file that is there is not overwritten`() throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteConnection(opening: folder.database("a.db", sampleSQL), .readOnly)
    try folder.write(Data("precious".utf8), to: "b.db")
    let error = try #require(engineError { try SQLiteBackup.write(from: source, to: folder.path("b.db")) })
    #expect(error.kind == .refused)
    #expect(try folder.bytes("b.db") == Data("precious".utf8))
    #expect(folder.names == ["a.db", "b.db"])
  }

  @Test(arguments: [0, 1, 2])
  func `when asked to stop it leaves nothing behind`(_ step: Int) throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteConnection(
      opening: folder.database("a.db", "PRAGMA page_size = 512; \(sampleSQL) \(bulkSQL)"), .readOnly)
    var asked = 0
    let error = engineError {
      try SQLiteBackup.write(
        from: source, to: folder.path("b.db"),
        shouldStop: {
          asked += 1
          return asked > step
        })
    }
    if step < 2 {
      #expect(error?.kind == .interrupted)
      #expect(folder.names == ["a.db"])
    }
    #expect(!source.isInTransaction)
    try? FileManager.default.removeItem(atPath: folder.path("b.db"))
    try SQLiteBackup.write(from: source, to: folder.path("b.db"))
    #expect(try digests(folder.path("b.db")).map(\.rowCount) == [101, 100])
  }

  @Test func `an interruption of the source stops it too`() throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteConnection(
      opening: folder.database("a.db", "PRAGMA page_size = 512; \(sampleSQL) \(bulkSQL)"), .readOnly)
    let error = engineError {
      try SQLiteBackup.write(
        from: source, to: folder.path("b.db"), progress: { _, _ in source.interruption.interrupt() })
    }
    #expect(error?.kind == .interrupted)
    #expect(folder.names == ["a.db"])
  }

  @Test func `what a killed run left aside does no harm`() throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteConnection(opening: folder.database("a.db", sampleSQL), .readOnly)
    for name in ["b.db.partial", "b.db.partial-journal", "b.db.partial-wal"] {
      try folder.write(Data("half a page".utf8), to: name)
    }
    try SQLiteBackup.write(from: source, to: folder.path("b.db"))
    #expect(folder.names == ["a.db", "b.db"])
    #expect(try digests(folder.path("b.db")).map(\.rowCount) == [100, 100])
  }

  @Test func `damage is copied unseen, and seen by the digests of the same snapshot`() throws {
    let folder = try SQLiteTemporaryFolder()
    try folder.database("a.db", "\(sampleSQL) \(bulkSQL)")
    var bytes = try folder.bytes("a.db")
    for index in (4096 * 3)..<(4096 * 8) { bytes[index] = 0xA5 }
    try folder.write(bytes, to: "a.db")
    let source = try SQLiteConnection(opening: folder.path("a.db"), .readOnly)
    try SQLiteBackup.write(from: source, to: folder.path("b.db"))
    let tables = try source.schema().tables
    #expect(engineError { _ = try source.digests(of: tables) { _ in } }?.kind == .damaged)
    #expect(engineError { _ = try digests(folder.path("b.db")) }?.kind == .damaged)
  }

  @Test func `a database in memory can be the source`() throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteScratch.session(applying: sampleSQL, from: "memory")
    try SQLiteBackup.write(from: source, to: folder.path("b.db"))
    #expect(try digests(folder.path("b.db")) == source.digests(of: source.schema().tables) { _ in })
  }

  @Test func `a folder that is missing is named`() throws {
    let folder = try SQLiteTemporaryFolder()
    let source = try SQLiteConnection(opening: folder.database("a.db", sampleSQL), .readOnly)
    let error = engineError { try SQLiteBackup.write(from: source, to: folder.path("no/b.db")) }
    #expect(error?.kind == .notFound)
  }
}
