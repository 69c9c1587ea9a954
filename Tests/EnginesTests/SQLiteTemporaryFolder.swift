import Engines
import Foundation

/// A folder of its own for a test's files; gone when the test lets go of it.
final class SQLiteTemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "plumb-sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// The names of the files in it.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func write(_ bytes: Data, to name: String) throws { try bytes.write(to: url.appending(path: name)) }

  /// Makes a database of statements and closes it.
  @discardableResult
  func database(_ name: String, _ sql: String) throws -> String {
    let connection = try SQLiteConnection(opening: path(name), .create)
    defer { connection.close() }
    try connection.execute(sql)
    return path(name)
  }

  /// Replaces text in a file by other text of the same length, behind SQLite's back.
  func patch(_ name: String, _ old: String, with new: String) throws {
    var data = try bytes(name)
    guard old.utf8.count == new.utf8.count, let range = data.range(of: Data(old.utf8)) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    data.replaceSubrange(range, with: Data(new.utf8))
    try write(data, to: name)
  }
}

/// A table with a hundred rows of a few hundred bytes: many pages.
let sampleSQL = """
  CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL, mark BLOB);
  CREATE INDEX notes_by_body ON notes (body);
  CREATE TABLE tags (note INT REFERENCES notes (id) ON DELETE CASCADE, tag TEXT, PRIMARY KEY (note, tag)) WITHOUT ROWID;
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
  INSERT INTO notes SELECT i, printf('%0*d', 300, i), zeroblob(i) FROM n;
  INSERT INTO tags SELECT id, 'tag ' || (id % 7) FROM notes;
  """

/// The error an expression throws, for its kind and words.
func engineError(_ body: () throws -> Void) -> EngineError? {
  do {
    try body()
    return nil
  } catch {
    return error as? EngineError
  }
}
