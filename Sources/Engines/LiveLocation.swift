import Foundation
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

  /// Connects, to follow what becomes of the structure, and takes the first look.
  ///
  /// - Parameter since: statements recorded from then on are handed out with the first look.
  package func watch(since: Date) throws(EngineError) -> any ChangeWatch {
    switch self {
    case .postgres(let place): try PostgresWatch(place, since: since)
    case .sqlite(let path): try SQLiteWatch(path)
    }
  }
}
