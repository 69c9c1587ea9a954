import Engines
import Foundation
import SchemaModel
import Testing

/// A folder in `Tests/Cases/sqlite`: `schema.sql`, and in `expected.txt` what is to be read from it.
struct SQLiteCase: CustomTestStringConvertible {
  let folder: URL

  var testDescription: String { folder.lastPathComponent }

  static let all: [SQLiteCase] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Cases/sqlite")
    let folders = try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return (folders ?? []).sorted { $0.path < $1.path }.map(SQLiteCase.init)
  }()

  static func named(_ name: String) throws -> SQLiteCase {
    try #require(all.first { $0.folder.lastPathComponent == name })
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// The case as a database in memory.
  func session() throws -> SQLiteConnection {
    try SQLiteScratch.session(applying: try text("schema.sql"), from: folder.lastPathComponent)
  }

  /// Other texts that say the same as `schema.sql`.
  var variants: [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasPrefix("variant") }.sorted()
  }

  /// Holds a text against a file of the case; with `UPDATE_CASES=1` the file is rewritten, and the test fails.
  func expect(_ text: String, in name: String) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
      let old = try? String(contentsOf: file, encoding: .utf8)
      guard old != text else { return }
      try Data(text.utf8).write(to: file)
      Issue.record("\(testDescription)/\(name) was rewritten; read it and commit it")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected)
  }
}
