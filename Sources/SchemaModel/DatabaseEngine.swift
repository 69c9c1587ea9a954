/// A database engine Plumbline keeps blueprints of.
package enum DatabaseEngine: String, CaseIterable, Hashable, Sendable, Codable {
  case postgreSQL = "postgresql"
  case sqlite

  /// The engine's name as its makers write it.
  package var title: String {
    switch self {
    case .postgreSQL: "PostgreSQL"
    case .sqlite: "SQLite"
    }
  }
}
