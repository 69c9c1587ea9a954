import SchemaModel

/// The search path under which a check that calls functions by bare names meant something in the source.
///
/// Dumps are restored under an empty one, where such a check fails with an error.
package enum SourceSearchPath {
  /// The database's own setting, or PostgreSQL's standard, and behind it every other schema.
  package static func set(of schema: Schema) -> String {
    let setting = schema.database.first?.settings["search_path"] ?? "\"$user\", public"
    let others = schema.namespaces.map(\.name.name).sorted().map(SQLDialect.postgreSQL.identifier)
    return "SET search_path TO " + (["pg_catalog", setting] + others).joined(separator: ", ")
  }

  /// Back to the one under which every name is written out.
  package static let reset = "SELECT pg_catalog.set_config('search_path', '', false)"
}
