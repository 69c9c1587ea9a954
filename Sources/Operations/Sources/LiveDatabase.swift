import Engines
import SchemaModel

/// Opens live databases, whichever engine keeps them.
package enum LiveDatabase {
  /// A session that only reads.
  ///
  /// - Parameter statementSeconds: how long one statement may take on a PostgreSQL server.
  package static func open(_ location: SchemaLocation, statementSeconds: Int) throws -> any DatabaseSession {
    switch location {
    case .postgres(let place):
      try PostgresConnection(place, for: .reading(statementSeconds: statementSeconds))
    case .sqlite(let path): try SQLiteConnection(opening: path, .readOnly)
    case .sqlFile, .sqlFolder, .archive, .dbml, .mermaid, .markdown, .blueprint, .document, .recorded:
      throw notLive(location)
    }
  }

  /// The error for a location that is text where a database is needed.
  static func notLive(_ location: SchemaLocation) -> OperationError {
    OperationError(
      "\(location.displayName) is no live database",
      hint: "Name a database: postgres://user@host/database, sqlite:FILE or a .db file.")
  }
}

extension DatabaseSession {
  /// The one number a query returns; 0 for NULL or no row.
  func number(_ sql: String) throws(EngineError) -> Int {
    try rows(sql).first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }
}
