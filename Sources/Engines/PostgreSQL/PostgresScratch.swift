import Foundation
import SchemaModel
import SchemaText

/// Turns SQL text into a schema by letting PostgreSQL itself read it, in a database made for the purpose.
package enum PostgresScratch {
  /// Applies the files in order to an empty database and reads what came of them.
  ///
  /// - Parameter server: a server on which a database may be made and dropped; `nil` starts a throw-away one.
  /// - Throws: `EngineError` of kind `refused` with psql's words, file and line, when a statement fails.
  package static func schema(
    applying files: [String], on server: PostgresConnectionString?
  ) throws(EngineError) -> Schema {
    guard let server else {
      let temporary = try translatingFailures(of: "a throw-away server was started") { try ThrowawayServer() }
      defer { temporary.stop() }
      return try schema(
        applying: files, inNewDatabaseOf: try PostgresConnectionString(temporary.conninfo),
        tool: try PostgresTool(atLeast: temporary.binaries.major))
    }
    let major = try PostgresConnection(server, for: .reading(statementSeconds: 60)).majorVersion
    return try schema(applying: files, inNewDatabaseOf: server, tool: try PostgresTool(atLeast: major))
  }

  private static func schema(
    applying files: [String], inNewDatabaseOf server: PostgresConnectionString, tool: PostgresTool
  ) throws(EngineError) -> Schema {
    let name = "plumb_scratch_\(UInt64.random(in: 0..<UInt64.max))"
    _ = try PostgresDatabaseSetup.createDatabase(name, locale: nil, on: server)
    defer {
      // The database is ours alone; if it cannot be dropped its name says what it was.
      try? PostgresDatabaseSetup.dropDatabase(name, on: server)
    }
    let scratch = server.setting("dbname", to: name)
    for file in files {
      try tool.run(
        .psql,
        [
          "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", "--output=/dev/null",
          "--dbname=\(scratch.withoutPassword)", "--file=\(file)",
        ], for: scratch)
    }
    return try PostgresConnection(scratch, for: .reading(statementSeconds: 60)).schema()
  }
}
