import Foundation
import SchemaModel
import SchemaText

/// Turns SQL text into a schema by letting PostgreSQL itself read it, in a database made for the purpose.
package enum PostgresScratch {
  /// Applies the files in order to an empty database and reads what came of them.
  ///
  /// Roles that the text names and nobody has are made on a throw-away server, which then starts over with another
  /// empty database; on a server of the user's nothing is made but that database.
  ///
  /// - Parameters:
  ///   - names: what people call a file, where that is not its path.
  ///   - server: a server on which a database may be made and dropped; `nil` starts a throw-away one.
  /// - Throws: `EngineError` of kind `refused` with psql's words, file and line, when a statement fails.
  package static func schema(
    applying files: [String], calling names: [String: String] = [:], on server: PostgresConnectionString?
  ) throws(EngineError) -> Schema {
    guard let server else {
      let temporary = try translatingFailures(of: "a throw-away server was started") { try ThrowawayServer() }
      defer { temporary.stop() }
      return try schema(applying: files, calling: names, makingRolesOn: temporary)
    }
    let major = try PostgresConnection(server, for: .reading(statementSeconds: 60)).majorVersion
    do throws(EngineError) {
      return try schema(
        applying: files, calling: names, inNewDatabaseOf: server, tool: try PostgresTool(atLeast: major))
    } catch {
      throw error.missingRole == nil
        ? error
        : error.advising(
          "Make the role on that server, or leave out --scratch: a throw-away server makes it by itself.")
    }
  }

  /// Applies the files to an empty database of a throw-away server, and has pg_dump write what came of them.
  ///
  /// - Parameter path: where the plain dump is written.
  /// - Returns: the schema.
  package static func dump(
    applying files: [String], calling names: [String: String], to path: String
  ) throws(EngineError) -> Schema {
    let temporary = try translatingFailures(of: "a throw-away server was started") { try ThrowawayServer() }
    defer { temporary.stop() }
    return try schema(applying: files, calling: names, makingRolesOn: temporary, dumpingTo: path)
  }

  private static func schema(
    applying files: [String], calling names: [String: String], makingRolesOn temporary: ThrowawayServer,
    dumpingTo dump: String? = nil
  ) throws(EngineError) -> Schema {
    let server = try PostgresConnectionString(temporary.conninfo)
    let tool = try PostgresTool(atLeast: temporary.binaries.major)
    var made: Set<String> = []
    while true {
      do throws(EngineError) {
        var schema = try schema(
          applying: files, calling: names, inNewDatabaseOf: server, tool: tool, dumpingTo: dump)
        // What such a role may do elsewhere is nothing the text says.
        schema.roles.removeAll { made.contains($0.name.name) }
        return schema
      } catch {
        guard let role = error.missingRole, !made.contains(role) else { throw error }
        // A text that names one role names others: all that can be seen at once save as many rounds.
        let roles = made.isEmpty ? rolesNamed(in: files).union([role]) : [role]
        try dropRoles(besides: made, on: server)
        try PostgresDatabaseSetup.createMissingRoles(roles.sorted(), on: server)
        made.formUnion(roles)
      }
    }
  }

  /// Roles that the text itself made in the last round: it will make them again.
  private static func dropRoles(
    besides made: Set<String>, on server: PostgresConnectionString
  ) throws(EngineError) {
    let connection = try PostgresConnection(server, for: .staging)
    let rows = try connection.rows(
      "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user")
    for role in rows.compactMap({ $0.first.flatMap { $0 } }) where !made.contains(role) {
      try connection.execute("DROP ROLE \(SQLDialect.postgreSQL.identifier(role))")
    }
  }

  private static func rolesNamed(in files: [String]) -> Set<String> {
    let texts = files.compactMap { FileManager.default.contents(atPath: $0) }
    let made = texts.map { SQLScript.rolesMade(in: String(decoding: $0, as: UTF8.self)) }
    let named = texts.map { SQLScript.roles(in: String(decoding: $0, as: UTF8.self)) }
    return named.reduce(Set()) { $0.union($1) }.subtracting(made.reduce(Set()) { $0.union($1) })
  }

  private static func schema(
    applying files: [String], calling names: [String: String],
    inNewDatabaseOf server: PostgresConnectionString,
    tool: PostgresTool, dumpingTo dump: String? = nil
  ) throws(EngineError) -> Schema {
    let name = "plumb_scratch_\(UInt64.random(in: 0..<UInt64.max))"
    _ = try PostgresDatabaseSetup.createDatabase(name, locale: nil, on: server)
    defer {
      // The database is ours alone; if it cannot be dropped its name says what it was.
      try? PostgresDatabaseSetup.dropDatabase(name, on: server)
    }
    let scratch = server.setting("dbname", to: name)
    for file in files {
      do throws(EngineError) {
        try tool.run(
          .psql,
          [
            "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", "--output=/dev/null",
            "--dbname=\(scratch.withoutPassword)", "--file=\(file)",
          ], for: scratch)
      } catch {
        throw error.calling(file, names[file] ?? file)
      }
    }
    if let dump {
      try tool.run(
        .pgDump, ["--no-password", "--dbname=\(scratch.withoutPassword)", "--file=\(dump)"], for: scratch)
    }
    var schema = try PostgresConnection(scratch, for: .reading(statementSeconds: 60)).schema()
    schema.statesOwners = schema.hasOwnersOfTheirOwn
    schema.forgetDisabledSubscriptions()
    return schema
  }
}

extension EngineError {
  /// The role that a statement names and the server does not have.
  fileprivate var missingRole: String? {
    for line in [message] + detail {
      guard let opening = line.firstRange(of: "role \""),
        let closing = line[opening.upperBound...].firstRange(of: "\" does not exist")
      else { continue }
      return String(line[opening.upperBound..<closing.lowerBound])
    }
    return nil
  }

  fileprivate func advising(_ hint: String) -> EngineError {
    var error = self
    error.hint = hint
    return error
  }

  /// The same trouble, with what people call a file in place of its path.
  fileprivate func calling(_ path: String, _ name: String) -> EngineError {
    guard path != name else { return self }
    var error = self
    error.message = message.replacing(path, with: name)
    error.detail = detail.map { $0.replacing(path, with: name) }
    return error
  }
}
