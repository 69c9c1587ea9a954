import SchemaModel

extension ViolationQuery {
  /// The rows whose columns are found in no row of the referenced table: orphans.
  ///
  /// - Parameter schema: where the table stands; tells the types that are compared. The key itself may be
  ///   drawn elsewhere.
  package static func foreignKey(
    _ foreignKey: ForeignKey, of table: Table, in schema: Schema
  ) -> ViolationQuery {
    let dialect = SQLDialect(schema.engine)
    let isFull = isFull(foreignKey, schema.engine)
    let comparisons = KeyComparison.all(foreignKey, of: table, in: schema)
    let matches = comparisons.map { $0.equality(in: dialect, nullsMayMeet: isFull) }
    let referenced = schema.table(named: foreignKey.referencedTable)
    let parentRows =
      referenced.map { schema.rows(of: $0) }
      ?? dialect.name(foreignKey.referencedTable)
    let parent = "\(parentRows) AS parent"
    let columns = schema.engine == .sqlite ? "1 " : ""
    // One NOT EXISTS beside plain conditions is what PostgreSQL turns into a hash anti join.
    let missing =
      foreignKey.isTemporal
      ? uncovered(comparisons, matches, parent)
      : "NOT EXISTS (SELECT \(columns)FROM \(parent) WHERE \(matches.joined(separator: " AND ")))"
    let partly = isFull ? ", or only a part of it is given" : ""
    var query = ViolationQuery(
      of: table, kind: .foreignKey, name: foreignKey.name,
      predicate: "\(obliged(comparisons, isFull: isFull)) AND \(missing)",
      reason: foreignKey.isTemporal
        ? "the rows of \(foreignKey.referencedTable) with this \(IndexKey.list(Array(foreignKey.columns.dropLast()))) "
          + "do not cover its \(foreignKey.columns.last ?? "period")"
        : "no row in \(foreignKey.referencedTable) has this \(IndexKey.list(foreignKey.columns))\(partly)",
      columns: foreignKey.columns, alone: schema.hasHeirs(table), in: dialect)
    // Of a column that is declared NOT NULL, IS NOT NULL costs what an index would save.
    let mayBeNull = zip(foreignKey.columns, comparisons).filter {
      table.column(named: $0.0)?.isNotNull != true
    }
    query.narrowing = .columns(
      KeyColumns(
        comparisons.map(\.child), types: foreignKey.columns.map { table.column(named: $0)?.type },
        in: dialect),
      wide: isFull ? query.predicate : (mayBeNull.map(\.1.isGiven) + [missing]).joined(separator: " AND "))
    let types =
      foreignKey.columns.map { table.column(named: $0)?.type }
      + foreignKey.referencedColumns.map { referenced?.column(named: $0)?.type }
    query.isOfSettledOrder = types.allSatisfy { $0.map(typesOfSettledOrder.contains) == true }
    return query
  }

  /// PostgreSQL's own types of a fixed width or without any collation, as `format_type` prints them.
  private static let typesOfSettledOrder: Set<String> = [
    "smallint", "integer", "bigint", "oid", "uuid", "boolean", "date", "timestamp without time zone",
    "timestamp with time zone", "bytea", "inet", "macaddr",
  ]

  /// A condition on `r`: true when its period is not covered by those of its parents together (PostgreSQL 18).
  ///
  /// As the server itself checks `FOREIGN KEY (…, PERIOD …)`; the period is the last column.
  private static func uncovered(
    _ comparisons: [KeyComparison], _ matches: [String], _ parent: String
  ) -> String {
    guard let period = comparisons.last else { return "false" }
    let sameKey = matches.dropLast() + ["\(period.parent) && \(period.child)"]
    let covered = """
      SELECT pg_catalog.range_agg(\(period.parent)) FROM \(parent) WHERE \(sameKey.joined(separator: " AND "))
      """
    return "NOT coalesce(\(period.child) <@ (\(covered)), false)"
  }

  /// Whether a key that is NULL in part violates: SQLite reads `MATCH FULL` and does not act on it.
  private static func isFull(_ foreignKey: ForeignKey, _ engine: DatabaseEngine) -> Bool {
    switch (foreignKey.match, engine) {
    case (.full, .postgreSQL): foreignKey.columns.count > 1
    case (.full, .sqlite), (.simple, _), (.partial, _): false
    }
  }

  /// The condition under which a row must have a parent: no column NULL or, for `MATCH FULL`, not all.
  private static func obliged(_ comparisons: [KeyComparison], isFull: Bool) -> String {
    isFull
      ? "num_nonnulls(\(comparisons.map(\.child).joined(separator: ", "))) > 0"
      : comparisons.map(\.isGiven).joined(separator: " AND ")
  }
}
