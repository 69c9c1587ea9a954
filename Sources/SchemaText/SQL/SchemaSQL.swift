import SchemaModel

/// The canonical `schema.sql` of a blueprint.
///
/// Equal schemas give equal text. Applied to an empty database of its engine, through any client that
/// runs several statements at once, it gives that schema again.
package enum SchemaSQL {
  /// The whole text: paragraphs with an empty line between them, about one object each.
  package static func text(of schema: Schema) -> String {
    let paragraphs =
      switch schema.engine {
      case .postgreSQL: header(schema) + PostgresSchemaSQL(schema).paragraphs
      case .sqlite: header(schema) + sqlite(schema)
      }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  /// The engine a text says it is for in its first line; `nil` for text that is no blueprint of ours.
  package static func engine(ofText text: String) -> DatabaseEngine? {
    DatabaseEngine.allCases.first { text.hasPrefix(title(for: $0)) }
  }

  private static func title(for engine: DatabaseEngine) -> String {
    "-- plumb blueprint, \(engine.rawValue)\n"
  }

  private static func header(_ schema: Schema) -> [String] {
    let command =
      switch schema.engine {
      case .postgreSQL: "psql -X -v ON_ERROR_STOP=1 -d NEW_DATABASE -f schema.sql"
      case .sqlite: "sqlite3 -bail NEW_FILE.db < schema.sql"
      }
    let title = """
      \(title(for: schema.engine))-- The source of truth of this database's structure. To build an empty database from it:
      --   \(command)
      """
    return [title] + notCompared(schema.notCompared) + secrets(schema.holdersOfSecrets)
  }

  private static func secrets(_ holders: [ObjectReference]) -> [String] {
    guard !holders.isEmpty else { return [] }
    let lines = holders.map { "--   " + CommentSQL.oneLine($0.description) }
    return [
      (["-- Secrets are not in this text; they are to be set by hand in:"] + lines).joined(separator: "\n")
    ]
  }

  private static func notCompared(_ items: [NotCompared]) -> [String] {
    guard !items.isEmpty else { return [] }
    let lines = items.map { item in
      let rest = item.count > item.names.count && !item.names.isEmpty ? ", ..." : ""
      let names = item.names.isEmpty ? "" : " (\(item.names.joined(separator: ", "))\(rest))"
      return "--   " + CommentSQL.oneLine("\(item.kind): \(item.count)\(names)")
    }
    let title = "-- The database also holds what this text does not, so a database built from it lacks:"
    return [([title] + lines).joined(separator: "\n")]
  }

  private static func sqlite(_ schema: Schema) -> [String] {
    let indexes = schema.tables.flatMap { table in
      table.indexes.map { IndexSQL.create($0, on: table.name, in: .sqlite) + ";" }
    }
    let triggers =
      schema.tables.flatMap { table in table.triggers.map { TriggerSQL.sqlite($0, on: table.name) } }
      + schema.views.flatMap { view in view.triggers.map { TriggerSQL.sqlite($0, on: view.name) } }
    return SQLiteFileSQL.settings(schema.database) + schema.tables.map(TableSQL.sqlite)
      + schema.virtualTables.map(SQLiteFileSQL.create) + indexes + schema.views.map(ViewSQL.sqlite) + triggers
  }
}
