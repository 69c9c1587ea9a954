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
      case .postgreSQL: header(schema) + postgreSQL(schema)
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
    return [title] + notCompared(schema.notCompared)
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
    return schema.tables.map(TableSQL.sqlite) + indexes + ViewSQL.paragraphs(schema.views, in: .sqlite)
  }

  private static func postgreSQL(_ schema: Schema) -> [String] {
    let settings = """
      SET check_function_bodies = false;
      SET client_min_messages = warning;
      SELECT pg_catalog.set_config('search_path', '', false);
      """
    let order = PartitionOrder(schema.tables)
    var paragraphs = [settings]
    paragraphs += NamespaceSQL.paragraphs(schema) + ExtensionSQL.paragraphs(schema)
    paragraphs += TypeSQL.paragraphs(schema.enums) + TypeSQL.paragraphs(schema.domains)
    paragraphs += SequenceSQL.paragraphs(schema.sequences)
    paragraphs += order.roots.flatMap { TableSQL.paragraphs($0) }
    paragraphs += order.partitions.flatMap { partition($0, in: order) }
    // After the partitions, one of which may own a sequence.
    paragraphs += SequenceSQL.ownerships(schema.sequences)
    paragraphs += order.all.filter(PartitionOrder.isInTree).flatMap(keys)
    paragraphs += order.all.flatMap { IndexSQL.paragraphs($0.indexes, on: $0.name) }
    paragraphs += order.all.flatMap(exclusions) + order.all.flatMap(foreignKeys)
    paragraphs += ViewSQL.paragraphs(schema.views, in: .postgreSQL) + ViewSQL.indexes(schema.views)
    return paragraphs
  }

  private static func partition(_ table: Table, in order: PartitionOrder) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let paragraphs = TableSQL.paragraphs(
      table, inheritedChecks: order.inheritedChecks(of: table),
      inheritedIdentities: order.inheritedIdentities(of: table))
    guard let place = table.partition else { return paragraphs }
    let attach = """
      ALTER TABLE ONLY \(dialect.name(place.parent))
        ATTACH PARTITION \(dialect.name(table.name)) \(place.bounds);
      """
    return paragraphs + [attach]
  }

  private static func keys(_ table: Table) -> [String] {
    table.keys.flatMap { key in
      constraint(ConstraintSQL.add(key, to: table), key.name, of: table, key.comment)
    }
  }

  private static func exclusions(_ table: Table) -> [String] {
    table.exclusions.flatMap { exclusion in
      constraint(ConstraintSQL.add(exclusion, to: table), exclusion.name, of: table, exclusion.comment)
    }
  }

  private static func foreignKeys(_ table: Table) -> [String] {
    table.foreignKeys.flatMap { key in
      constraint(ConstraintSQL.add(key, to: table), key.name, of: table, key.comment)
    }
  }

  private static func constraint(
    _ statement: String, _ name: String, of table: Table, _ comment: Comment?
  ) -> [String] {
    [statement + ";"] + CommentSQL.onConstraint(name, of: table.name, comment)
  }
}
