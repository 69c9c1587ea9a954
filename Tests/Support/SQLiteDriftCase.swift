import FoundationEssentials

/// A folder in `Tests/Cases/drift-sqlite`: two databases, rows and all, made by `a.sql` and `b.sql`.
package struct SQLiteDriftCase: Sendable, CustomStringConvertible {
  /// The folder's name.
  package let name: String
  /// The statements of both databases.
  package let scripts: (first: String, second: String)
  /// Why no statement can undo the difference, where none can; the text of `no-undo`.
  package let whyNotUndoable: String?

  package var description: String { name }

  /// All cases, by name.
  package static func all() throws -> [SQLiteDriftCase] {
    let root = Repository.path("Tests/Cases/drift-sqlite")
    return try FileManager.default.contentsOfDirectory(atPath: root).sorted().map { name in
      func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(name)/\(file)", encoding: .utf8)
      }
      return SQLiteDriftCase(
        name: name, scripts: (try text("a.sql"), try text("b.sql")), whyNotUndoable: try? text("no-undo"))
    }
  }
}
