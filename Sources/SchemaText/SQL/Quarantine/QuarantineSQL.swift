import SchemaModel

/// Queries over what restores set aside.
package struct QuarantineSQL: Hashable, Sendable {
  package let engine: DatabaseEngine
  private var dialect: SQLDialect { SQLDialect(engine) }

  package init(_ engine: DatabaseEngine) { self.engine = engine }

  /// One row when there is an index, none otherwise.
  package var findIndex: String {
    let index = SetAsideSQL.index(in: engine)
    return switch engine {
    case .postgreSQL:
      "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = \(dialect.literal(index.schema ?? "")) AND tablename = \(dialect.literal(index.name))"
    case .sqlite: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(dialect.literal(index.name))"
    }
  }

  /// The schema, or an empty text, and name of each table; its quarantine's name; the backup.
  package var readIndex: String {
    """
    SELECT table_schema, table_name, quarantine, backup FROM \(dialect.name(SetAsideSQL.index(in: engine)))
    ORDER BY 1, 2
    """
  }

  /// The quarantine of that name.
  package func quarantine(named name: String) -> ObjectName {
    ObjectName(schema: engine == .postgreSQL ? SetAsideSQL.schemaName : nil, name)
  }

  /// The names of a table's columns, in order.
  package func columns(of table: ObjectName) -> String {
    switch engine {
    case .postgreSQL:
      """
      SELECT attname FROM pg_catalog.pg_attribute
      WHERE attrelid = \(dialect.literal(dialect.name(table)))::pg_catalog.regclass AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """
    case .sqlite:
      "SELECT name FROM pragma_table_xinfo(\(dialect.literal(table.name))) ORDER BY cid"
    }
  }

  /// For each constraint, kind, policy and reason: how many rows, and when the first and the last came.
  package func groups(of quarantine: ObjectName) -> String {
    """
    SELECT plumb_constraint, plumb_kind, plumb_policy, plumb_reason, count(*),
      \(time("min(plumb_set_aside_at)")), \(time("max(plumb_set_aside_at)"))
    FROM \(dialect.name(quarantine)) GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 3
    """
  }

  /// The evidence and the columns of the rows behind a number, as text.
  ///
  /// SQLite's values are literals of its SQL, which tell numbers, texts and bytes apart; NULL is `NULL`.
  ///
  /// - Parameters:
  ///   - constraint: only rows that it brought.
  ///   - after: the `plumb_id` behind which to begin.
  package func page(
    of quarantine: ObjectName, columns: [String], constraint: String?, after: Int, limit: Int
  ) -> String {
    let filter = constraint.map { " AND plumb_constraint = \(dialect.literal($0))" } ?? ""
    let values = columns.map { column in
      let name = dialect.identifier(column)
      return engine == .postgreSQL ? "\(name)::text" : Self.literal(name)
    }
    let list =
      [
        "plumb_id", "plumb_constraint", "plumb_policy", "plumb_reason", "plumb_columns",
        time("plumb_set_aside_at"),
      ]
      + values
    return """
      SELECT \(list.joined(separator: ", ")) FROM \(dialect.name(quarantine))
      WHERE plumb_id > \(after)\(filter) ORDER BY plumb_id LIMIT \(limit)
      """
  }

  /// `quote` ends a text at a zero byte, so such a text is told as bytes that are cast.
  private static func literal(_ name: String) -> String {
    """
    CASE WHEN typeof(\(name)) = 'text' AND instr(CAST(\(name) AS BLOB), x'00') > 0
      THEN 'CAST(' || quote(CAST(\(name) AS BLOB)) || ' AS TEXT)' ELSE quote(\(name)) END
    """
  }

  private func time(_ expression: String) -> String {
    engine == .postgreSQL
      ? "pg_catalog.to_char(\(expression) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
      : expression
  }
}
