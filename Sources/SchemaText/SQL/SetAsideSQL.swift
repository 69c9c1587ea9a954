import SchemaModel

/// Statements that move violating rows out of a table into a quarantine beside it, so that none is lost.
///
/// PostgreSQL: a table of the same name in the schema `plumb_quarantine`. SQLite: a table
/// `plumb_quarantine_NAME`. No statement has a closing semicolon.
package struct SetAsideSQL: Hashable, Sendable {
  package let engine: DatabaseEngine
  private var dialect: SQLDialect { SQLDialect(engine) }

  package init(_ engine: DatabaseEngine) { self.engine = engine }

  /// The PostgreSQL schema quarantines are in.
  package static let schema = "plumb_quarantine"

  /// The longest name PostgreSQL keeps, in bytes (`NAMEDATALEN` - 1); it cuts longer ones silently.
  private static let longestName = 63

  /// The table's quarantine; PostgreSQL tables outside of `public` bring their schema's name along.
  package func quarantineName(for table: Table) -> ObjectName {
    switch engine {
    case .postgreSQL:
      let isPublic = table.name.schema == nil || table.name.schema == "public"
      return ObjectName(
        schema: Self.schema, Self.shortened(isPublic ? table.name.name : table.name.description))
    case .sqlite: return ObjectName("plumb_quarantine_\(table.name.name)")
    }
  }

  /// Makes the table's quarantine unless it is there: constraint, reason and time, then the table's columns
  /// with their types and no constraint at all.
  package func createQuarantine(for table: Table) -> [String] {
    let columns =
      evidenceColumns
      + table.columns.map { column in
        let type = keptType(column.type, of: table)
        return dialect.identifier(column.name) + (type.isEmpty ? "" : " " + type)
      }
    let name = dialect.name(quarantineName(for: table))
    let create = "CREATE TABLE IF NOT EXISTS \(name) (\n  \(columns.joined(separator: ",\n  "))\n)"
    switch engine {
    case .postgreSQL: return ["CREATE SCHEMA IF NOT EXISTS \(Self.schema)", create]
    case .sqlite: return [create]
    }
  }

  /// Moves the rows.
  ///
  /// PostgreSQL: one statement, so all or nothing, which reports how many rows it moved. SQLite: a copy and
  /// a removal, which the caller runs in one transaction.
  package func move(violating query: ViolationQuery, of table: Table) -> [String] {
    let names = table.columns.map { dialect.identifier($0.name) }
    let target = (["plumb_constraint", "plumb_reason"] + names).joined(separator: ", ")
    let evidence = [dialect.literal(constraint(of: query)), dialect.literal(query.reason)]
    let insert = "INSERT INTO \(dialect.name(quarantineName(for: table))) (\(target))"
    let delete = "DELETE FROM \(query.from) WHERE \(query.predicate)"
    func values(of alias: String) -> String {
      (evidence + names.map { "\(alias).\($0)" }).joined(separator: ", ")
    }
    switch engine {
    case .postgreSQL:
      return [
        """
        WITH gone AS (
          \(delete) RETURNING r.*
        )
        \(insert)
        SELECT \(values(of: "gone")) FROM gone
        """
      ]
    case .sqlite:
      return ["\(insert)\nSELECT \(values(of: "r")) FROM \(query.from) WHERE \(query.predicate)", delete]
    }
  }

  private var evidenceColumns: [String] {
    switch engine {
    case .postgreSQL:
      ["plumb_constraint text", "plumb_reason text", "plumb_set_aside_at timestamptz DEFAULT now()"]
    case .sqlite:
      [
        "plumb_constraint TEXT", "plumb_reason TEXT",
        "plumb_set_aside_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
      ]
    }
  }

  /// The constraint as people call it; a NOT NULL has no name of its own.
  private func constraint(of query: ViolationQuery) -> String {
    query.constraint.kind == .column ? "\(query.constraint.name) NOT NULL" : query.constraint.name
  }

  /// A type under which every value stays what it is: `ANY` keeps values only in a STRICT table, elsewhere
  /// it would make numbers of texts, so there a column without a type takes its place.
  private func keptType(_ type: String, of table: Table) -> String {
    switch engine {
    case .postgreSQL: type
    case .sqlite: table.isStrict && type.uppercased() == "ANY" ? "" : type
    }
  }

  /// The name, or its beginning and a number made from all of it when PostgreSQL would cut it.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > longestName else { return name }
    // FNV-1a: two names with the same beginning must not meet in one table.
    let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let mark = "_" + String(hash, radix: 16)
    var start = name
    while start.utf8.count + mark.utf8.count > longestName { start.removeLast() }
    return start + mark
  }
}
