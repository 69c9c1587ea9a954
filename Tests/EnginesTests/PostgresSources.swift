import SchemaModel
import Synchronization
import TestSupport

/// The cases as databases, each made once and only read.
final class PostgresSources: Sendable {
  struct Source: Sendable {
    var conninfo: String
    var schema: Schema
  }

  static let shared = PostgresSources()

  private let made = Mutex<[String: Source]>([:])

  /// The case's database with its rows, and its schema.
  func source(of example: PostgresCase) throws -> Source {
    if let known = made.withLock({ $0[example.name] }) { return known }
    let conninfo = try TemporaryPostgres.makeLastingDatabase(
      try example.schemaText(), try example.rowsText())
    let source = Source(conninfo: conninfo, schema: try PostgresFacts.schema(of: conninfo))
    made.withLock { $0[example.name] = source }
    return source
  }
}
