import Engines
import Foundation
import SchemaModel
import SchemaText

/// Where a schema can be read from; anything a user may name on the command line.
package enum SchemaLocation: Hashable, Sendable {
  case postgres(PostgresConnectionString)
  /// A SQLite database file.
  case sqlite(path: String)
  /// SQL text, applied to a scratch database.
  case sqlFile(path: String)
  /// A folder of SQL texts such as migrations, applied in the order that ``MigrationOrder`` tells.
  case sqlFolder(path: String)
  /// An archive of pg_dump: a custom or tar file, or a directory with `toc.dat`.
  case archive(path: String)
  /// A DBML text.
  case dbml(path: String)
  /// A Mermaid `erDiagram`.
  case mermaid(path: String)
  /// A page of Markdown with Mermaid diagrams in it.
  case markdown(path: String)
  /// A folder with `schema.sql` and `schema.json`.
  case blueprint(path: String)
  /// A `schema.json`.
  case document(path: String)
  /// A database as a watch saw it at a moment: `LOCATION@2026-11-20T14:02`.
  case recorded(RecordedMoment)

  /// Decides what a location is, by its form and then by what lies there.
  package init(_ text: String) throws {
    if let moment = try RecordedMoment(text) {
      self = .recorded(moment)
      return
    }
    if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(try PostgresConnectionString(text))
      return
    }
    if text.hasPrefix("sqlite:") {
      self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
      return
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) else {
      self = try Self.missing(text)
      return
    }
    if isFolder.boolValue {
      if FileManager.default.fileExists(atPath: "\(text)/toc.dat") {
        self = .archive(path: text)
        return
      }
      let holdsBlueprint = ["schema.sql", "schema.json"].contains { name in
        FileManager.default.fileExists(atPath: "\(text)/\(name)")
      }
      self = holdsBlueprint ? .blueprint(path: text) : .sqlFolder(path: text)
      return
    }
    switch Self.suffix(of: text) {
    // People give an archive any suffix, .sql too.
    case _ where Self.beginsAsArchive(text): self = .archive(path: text)
    case "sql": self = .sqlFile(path: text)
    case "dbml": self = .dbml(path: text)
    case "mmd", "mermaid": self = .mermaid(path: text)
    case "md", "markdown": self = .markdown(path: text)
    case "json": self = .document(path: text)
    case "db", "sqlite", "sqlite3", "db3": self = .sqlite(path: text)
    case _ where Self.beginsAsSQLite(text): self = .sqlite(path: text)
    case _:
      throw OperationError(
        "cannot tell what \(text) is",
        detail: [
          "it is no folder, no .sql, .dbml, .mmd, .md or .json file, and does not begin as a SQLite database or an "
            + "archive of pg_dump does"
        ],
        hint: "Write sqlite:\(text) if it is a SQLite database. \(Self.forms)")
    }
  }

  /// What people call the place; never a password.
  package var displayName: String {
    switch self {
    case .postgres(let place): place.displayName
    case .sqlite(let path): "sqlite:\(path)"
    case .sqlFile(let path), .sqlFolder(let path), .archive(let path), .dbml(let path), .mermaid(let path),
      .markdown(let path), .blueprint(let path), .document(let path):
      path
    case .recorded(let moment): moment.displayName
    }
  }

  /// The engine, where the form alone tells.
  package var engine: DatabaseEngine? {
    switch self {
    case .postgres, .archive: .postgreSQL
    case .sqlite: .sqlite
    case .recorded(let moment): moment.engine
    case .sqlFile, .sqlFolder, .dbml, .mermaid, .markdown, .blueprint, .document: nil
    }
  }

  /// The forms a location may take, as a sentence for hints.
  package static let forms =
    "A location is postgres://user@host/database, a libpq connection string, sqlite:FILE, a .db file, "
    + "a .sql file or a folder of them (migrations), a pg_dump archive, a .dbml file, a Mermaid erDiagram (.mmd, or a "
    + ".md page), a blueprint folder, or a schema.json."

  /// A name at which nothing lies may still be a connection string, or a SQLite file by its ending.
  private static func missing(_ text: String) throws -> SchemaLocation {
    // What follows may hold a password, so it is not repeated.
    if let scheme = text.firstRange(of: "://") {
      throw OperationError("there is no such kind of location: \(text[..<scheme.upperBound])", hint: forms)
    }
    let isSecret = SecretInLocation.isIn(text)
    if text.contains("="), !text.contains("/") || text.contains(" ") || text.hasPrefix("host=") || isSecret {
      return .postgres(try PostgresConnectionString(text))
    }
    if ["db", "sqlite", "sqlite3", "db3"].contains(suffix(of: text)) { return .sqlite(path: text) }
    throw OperationError("there is nothing at \(text)", hint: forms)
  }

  private static func suffix(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
  }

  /// A custom archive begins with its magic word, a tar archive with the name of its first file.
  private static func beginsAsArchive(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 8)) ?? Data()
    return PostgresArchive.begins([UInt8](head))
  }

  private static func beginsAsSQLite(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 15)) == Data("SQLite format 3".utf8)
  }
}
