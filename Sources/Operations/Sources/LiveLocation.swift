import Engines
import SchemaModel

/// Where a live database is: a location whose rows can be asked for.
package enum LiveLocation: Hashable, Sendable {
  case postgres(PostgresConnectionString)
  /// A SQLite database file.
  case sqlite(path: String)

  package var engine: DatabaseEngine {
    switch self {
    case .postgres: .postgreSQL
    case .sqlite: .sqlite
    }
  }

  /// What people call the place; never a password.
  package var displayName: String {
    switch self {
    case .postgres(let place): place.displayName
    case .sqlite(let path): "sqlite:\(path)"
    }
  }
}

extension SchemaLocation {
  /// The live database that it is; `nil` for a text.
  package var live: LiveLocation? {
    switch self {
    case .postgres(let place): .postgres(place)
    case .sqlite(let path): .sqlite(path: path)
    case .sqlFile, .sqlFolder, .archive, .dbml, .mermaid, .markdown, .blueprint, .document, .recorded: nil
    }
  }

  /// Whether it is a database whose rows can be asked for.
  package var isLive: Bool { live != nil }

  /// The live database that it is.
  ///
  /// - Throws: `OperationError` for a text.
  package func requiredLive() throws -> LiveLocation {
    guard let live else {
      throw OperationError(
        "\(displayName) is no live database",
        hint: "Name a database: postgres://user@host/database, sqlite:FILE or a .db file.")
    }
    return live
  }
}
