import Engines
import SchemaModel

/// Opens live databases, whichever engine keeps them.
package enum LiveDatabase {
  /// A session that only reads.
  ///
  /// - Parameter statementSeconds: how long one statement may take on a PostgreSQL server.
  package static func open(_ location: LiveLocation, statementSeconds: Int) throws -> any DatabaseSession {
    switch location {
    case .postgres(let place):
      try PostgresConnection(place, for: .reading(statementSeconds: statementSeconds))
    case .sqlite(let path): try SQLiteConnection(opening: path, .readOnly)
    }
  }

  /// A session that only reads.
  ///
  /// - Throws: `OperationError` when the location is a text.
  package static func open(_ location: SchemaLocation, statementSeconds: Int) throws -> any DatabaseSession {
    try open(try location.requiredLive(), statementSeconds: statementSeconds)
  }
}

extension DatabaseSession {
  /// The one number a query returns; 0 for NULL or no row.
  func number(_ sql: String) throws(EngineError) -> Int {
    try rows(sql).first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
  }
}
