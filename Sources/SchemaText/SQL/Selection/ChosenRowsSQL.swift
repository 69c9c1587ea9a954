import SchemaModel

/// Statements that find the rows which belong to chosen rows or are needed by them, and leave the others out.
///
/// Rows are remembered by their place, in a temporary table for each table that is restored in part; a
/// partitioned table has one for all of its partitions. Good only in one transaction, while nothing else writes.
package struct ChosenRowsSQL: Hashable, Sendable {
  private let schema: Schema
  private let places: [ObjectName: Int]
  private var dialect: SQLDialect { SQLDialect(schema.engine) }

  /// - Parameter roots: the tables that are restored in part, none of them a partition.
  package init(_ schema: Schema, roots: [ObjectName]) {
    self.schema = schema
    places = Dictionary(
      roots.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Makes the place where a table's rows are remembered.
  package func remembering(_ root: Table) -> String {
    let places = RowIdentity(of: root, in: dialect).columns.indices.map { "place\($0 + 1)" }
    let key = "PRIMARY KEY (\(places.joined(separator: ", ")))"
    return switch schema.engine {
    case .postgreSQL:
      "CREATE TEMP TABLE \(name(root)) (place1 oid, place2 tid, \(key)) ON COMMIT DROP"
    case .sqlite:
      "CREATE TEMP TABLE \(name(root)) (\(places.joined(separator: ", ")), \(key)) WITHOUT ROWID"
    }
  }

  /// Forgets them again, where the end of the transaction does not.
  package func forgetting(_ root: Table) -> String? {
    schema.engine == .postgreSQL ? nil : "DROP TABLE temp.\(name(root))"
  }

  /// Asks for no row by the condition: an error says what is wrong with it.
  package func trying(_ condition: String, of table: Table) -> String {
    "SELECT 1 FROM \(rows(of: table)) WHERE \(dialect.parenthesised(condition)) LIMIT 0"
  }

  /// Remembers the rows of a table that fulfil the condition.
  package func choosing(_ condition: String, of table: Table, in root: Table) -> String {
    let identity = RowIdentity(of: table, in: dialect).list(of: dialect.identifier(table.name.name))
    return remember(
      root, "SELECT \(identity) FROM \(rows(of: table)) WHERE \(dialect.parenthesised(condition))")
  }

  /// Remembers the rows that refer by the key to rows which are remembered.
  package func belonging(
    by key: ForeignKey, of table: Table, in root: Table, to parent: Table, in parentRoot: Table
  ) -> String {
    remember(
      root,
      """
      SELECT \(RowIdentity(of: table, in: dialect).list(of: "r")) \
      FROM \(schema.rows(of: table)) AS r \
      JOIN \(schema.rows(of: parent)) AS parent ON \(meeting(key, of: table)) \
      JOIN \(name(parentRoot)) AS k ON \(isRemembered("parent", parent))
      """)
  }

  /// Remembers the rows to which remembered rows refer by the key.
  package func needed(
    by key: ForeignKey, of table: Table, in root: Table, from parent: Table, in parentRoot: Table
  ) -> String {
    remember(
      parentRoot,
      """
      SELECT \(RowIdentity(of: parent, in: dialect).list(of: "parent")) \
      FROM \(schema.rows(of: table)) AS r \
      JOIN \(name(root)) AS k ON \(isRemembered("r", table)) \
      JOIN \(schema.rows(of: parent)) AS parent ON \(meeting(key, of: table))
      """)
  }

  /// Tells the planner how many rows are remembered; `nil` where it does not ask.
  package func counted(_ root: Table) -> String? {
    schema.engine == .postgreSQL ? "ANALYZE pg_temp.\(name(root))" : nil
  }

  /// Counts a table's rows.
  package func countRows(of table: Table) -> String {
    "SELECT count(*) FROM \(schema.rows(of: table))"
  }

  /// Leaves out all rows of a table, which may be a partition of the root, that are not remembered.
  ///
  /// In PostgreSQL the others are written anew, so that nothing of what was left out stays in the table's files.
  package func leavingOut(of table: Table, in root: Table) -> [String] {
    let rows = schema.rows(of: table)
    let identity = RowIdentity(of: table, in: dialect)
    switch schema.engine {
    case .postgreSQL:
      let columns = table.storedColumns.map { dialect.identifier($0.name) }
      let list = columns.joined(separator: ", ")
      return [
        """
        CREATE TEMP TABLE plumb_rows ON COMMIT DROP AS \
        SELECT \(columns.map { "r.\($0)" }.joined(separator: ", ")) \
        FROM \(rows) AS r JOIN \(name(root)) AS k ON \(isRemembered("r", table))
        """,
        "TRUNCATE TABLE \(rows)",
        """
        INSERT INTO \(dialect.name(table.name)) (\(list)) OVERRIDING SYSTEM VALUE \
        SELECT \(list) FROM pg_temp.plumb_rows
        """,
        "DROP TABLE pg_temp.plumb_rows",
      ]
    case .sqlite:
      let places = identity.columns.indices.map { "place\($0 + 1)" }.joined(separator: ", ")
      return [
        "DELETE FROM \(rows) AS r WHERE \(identity.value(of: "r")) NOT IN (SELECT \(places) FROM \(name(root)))"
      ]
    }
  }

  // MARK: - Pieces

  private func name(_ root: Table) -> String { "plumb_chosen_\(places[root.name] ?? 0)" }

  /// The table under its own name, as a person's condition calls it.
  private func rows(of table: Table) -> String {
    "\(schema.rows(of: table)) AS \(dialect.identifier(table.name.name))"
  }

  private func remember(_ root: Table, _ query: String) -> String {
    switch schema.engine {
    case .postgreSQL: "INSERT INTO \(name(root)) \(query) ON CONFLICT DO NOTHING"
    case .sqlite: "INSERT OR IGNORE INTO \(name(root)) \(query)"
    }
  }

  /// A condition on a row and `k`: the row is remembered there.
  private func isRemembered(_ alias: String, _ table: Table) -> String {
    RowIdentity(of: table, in: dialect).columns.enumerated()
      .map { "\(alias).\($1) = k.place\($0 + 1)" }.joined(separator: " AND ")
  }

  /// A condition on `r` and `parent`: the one refers to the other.
  private func meeting(_ key: ForeignKey, of table: Table) -> String {
    let comparisons = KeyComparison.all(key, of: table, in: schema)
    return comparisons.enumerated().flatMap { place, comparison in
      // Periods refer to all that they meet.
      let isPeriod = key.isTemporal && place == comparisons.count - 1
      return [
        comparison.isGiven,
        isPeriod
          ? "\(comparison.parent) && \(comparison.child)"
          : comparison.equality(in: dialect, nullsMayMeet: false),
      ]
    }.joined(separator: " AND ")
  }
}
