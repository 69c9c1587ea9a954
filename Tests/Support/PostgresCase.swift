import FoundationEssentials

/// A folder in `Tests/Cases/postgresql`: objects in `schema.sql`, and rows for them in `rows.sql` where there is one.
///
/// What not every server has is named in `needs`, one thing a line: `from 17` (the oldest major that knows what is in
/// it), `icu` (a server built with it), `contrib` (the extensions PostgreSQL brings along).
package struct PostgresCase: Sendable, CustomStringConvertible {
  /// The folder's name.
  package let name: String
  private let folder: String

  package var description: String { name }

  /// The oldest major that knows what is in it.
  package var oldestMajor: Int {
    needs.compactMap { $0.hasPrefix("from ") ? Int($0.dropFirst("from ".count)) : nil }.first ?? 0
  }

  package var needsICU: Bool { needs.contains("icu") }
  package var needsExtensions: Bool { needs.contains("contrib") }

  private var needs: [String] {
    let text = try? String(contentsOfFile: "\(folder)/needs", encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// The cases that Debian's PostgreSQL 15 can hold, by name.
  package static let all = everything.filter { $0.oldestMajor <= 15 }

  /// All cases, by name; none when the folder cannot be read, which a test would notice.
  package static let everything: [PostgresCase] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root)
    return (names ?? []).sorted().map { PostgresCase(name: $0, folder: "\(root)/\($0)") }
  }()

  /// The statements that make the objects.
  package func schemaText() throws -> String {
    try String(contentsOfFile: "\(folder)/schema.sql", encoding: .utf8)
  }

  /// The statements that fill the tables; empty when the case has none.
  package func rowsText() throws -> String {
    let path = "\(folder)/rows.sql"
    return FileManager.default.fileExists(atPath: path)
      ? try String(contentsOfFile: path, encoding: .utf8) : ""
  }

  /// What PostgreSQL's own dump and restore do not bring back as it was: the lines of `restored-differs`.
  package var lossesOfDumps: [String] {
    let text = try? String(contentsOfFile: "\(folder)/restored-differs", encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  private static let root: String = {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return folders.joined(separator: "/") + "/Cases/postgresql"
  }()
}
