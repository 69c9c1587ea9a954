import SchemaModel
import SchemaText

/// What a dump of some objects needs and does not hold, as PostgreSQL itself says it.
extension PostgresArchive {
  /// The archive without what cannot be made because something it needs is not there; `nil` when that is nothing, or
  /// when it is what rows live in.
  ///
  /// Each part is tried in an empty database of a throw-away server, so that a view on such a view is left out, too.
  package func withoutWhatLacksSomething() throws(EngineError) -> PostgresArchive? {
    let server = try translatingFailures(of: "a throw-away server was started") { try ThrowawayServer() }
    defer { server.stop() }
    let place = try PostgresConnectionString(server.conninfo)
    let name = "plumb_trial"
    _ = try PostgresDatabaseSetup.createDatabase(name, locale: nil, on: place)
    let connection = try PostgresConnection(place.setting("dbname", to: name), for: .staging)
    try connection.execute("SET check_function_bodies = false")
    for schema in contents.missingSchemas {
      try connection.execute("CREATE SCHEMA IF NOT EXISTS \(SQLDialect.postgreSQL.identifier(schema))")
    }
    var lacking: [ArchiveContents.Dangling] = []
    for entry in contents.entries where entry.part != .data && !Self.untried.contains(entry.kind) {
      guard let missing = try connection.whatIsMissing(to: entry) else { continue }
      guard Self.dispensable.contains(entry.kind) else { return nil }
      lacking.append(ArchiveContents.Dangling(entry: entry, missing: missing))
    }
    guard !lacking.isEmpty else { return nil }
    lacking += contents.entries.compactMap { entry in
      lacking.first { entry.isAbout($0.entry) }
        .map { ArchiveContents.Dangling(entry: entry, missing: $0.missing) }
    }
    var rest = self
    rest.leaveOut(lacking)
    return rest
  }

  /// About the database or data, or, as an event trigger, in the way of what is tried next.
  private static let untried: Set<String> = [
    "DATABASE", "DATABASE PROPERTIES", "ENCODING", "STDSTRINGS", "SEARCHPATH", "EVENT TRIGGER",
    "SUBSCRIPTION",
    "MATERIALIZED VIEW DATA", "STATISTICS DATA", "ACL", "DEFAULT ACL", "BLOB", "BLOB METADATA",
  ]

  /// What can be left out, and all rows are still where they belong.
  private static let dispensable: Set<String> = [
    "VIEW", "MATERIALIZED VIEW", "INDEX", "INDEX ATTACH", "FK CONSTRAINT", "CHECK CONSTRAINT", "TRIGGER",
    "RULE",
    "POLICY", "STATISTICS", "FUNCTION", "PROCEDURE", "AGGREGATE", "OPERATOR", "CAST", "COMMENT", "DEFAULT",
    "PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA", "SEQUENCE OWNED BY", "FOREIGN TABLE",
  ]
}

extension ArchiveContents.Entry {
  /// Whether it grants rights in what another entry makes, or fills it: neither is tried, for grants may name roles
  /// that are not here.
  fileprivate func isAbout(_ other: ArchiveContents.Entry) -> Bool {
    guard schema == other.schema else { return false }
    return switch kind {
    case "ACL": name.hasSuffix(" \(other.name)")
    case "MATERIALIZED VIEW DATA": other.kind == "MATERIALIZED VIEW" && name == other.name
    case _: false
    }
  }
}

extension PostgresConnection {
  /// Tries to make what an entry makes; the name of what it lacks, as the server calls it.
  fileprivate func whatIsMissing(to entry: ArchiveContents.Entry) throws(EngineError) -> String? {
    let path = entry.runsInSchema.map { SQLDialect.postgreSQL.identifier($0) + ", " } ?? ""
    do throws(EngineError) {
      try execute("SET search_path = \(path)pg_catalog")
      try execute(entry.definition)
      return nil
    } catch {
      guard error.isAboutOneObject else { throw error }
      // Undefined table, function, object, schema; roles are nothing an archive holds.
      let states: Set<String> = ["42P01", "42883", "42704", "3F000"]
      guard error.sqlState.map(states.contains) == true,
        let line = ([error.message] + error.detail).first(where: { $0.hasSuffix(" does not exist") }),
        !line.contains("role \"")
      else { return nil }
      return String(line.dropLast(" does not exist".count).trimmingPrefix("the server says: "))
    }
  }
}
