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
    let matches = comparisons.map { comparison in
      switch schema.engine {
      // A column behind a plus has no affinity, and the left side's collation counts: the parent's rules.
      case .sqlite: "\(comparison.parent) = +\(comparison.child)"
      case .postgreSQL: comparison.equality(nullsMayMeet: isFull)
      }
    }
    let referenced = schema.table(named: foreignKey.referencedTable)
    let parentRows =
      referenced.map { dialect.rows(of: $0, alone: schema.hasHeirs($0)) }
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
    query.narrowing = .columns(
      KeyColumns(
        comparisons.map(\.child), types: foreignKey.columns.map { table.column(named: $0)?.type },
        in: dialect))
    return query
  }

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

/// One column of a foreign key beside the column it refers to.
private struct KeyComparison {
  let parent: String
  let child: String
  /// The type both are brought to when PostgreSQL must be told which equality to use.
  private let extensionType: String?
  private let isParentOfThatType: Bool
  private let isChildOfThatType: Bool

  /// The foreign key's columns, in order.
  static func all(_ foreignKey: ForeignKey, of table: Table, in schema: Schema) -> [KeyComparison] {
    let referencedTable = schema.table(named: foreignKey.referencedTable)
    return zip(foreignKey.columns, foreignKey.referencedColumns).map { column, referenced in
      KeyComparison(
        column, type: table.column(named: column)?.type,
        referenced, type: referencedTable?.column(named: referenced)?.type, in: schema)
    }
  }

  private init(
    _ column: String, type: String?, _ referenced: String, type referencedType: String?, in schema: Schema
  ) {
    let dialect = SQLDialect(schema.engine)
    child = "r.\(dialect.identifier(column))"
    parent = "parent.\(dialect.identifier(referenced))"
    let childBase = type.map { BaseType.name(of: $0, in: schema) }
    let parentBase = referencedType.map { BaseType.name(of: $0, in: schema) } ?? childBase
    let isForeign = childBase == parentBase && childBase.map { BaseType.isForeign($0, to: schema) } == true
    extensionType = isForeign ? childBase : nil
    isChildOfThatType = type == childBase
    isParentOfThatType = referencedType == nil || referencedType == childBase
  }

  /// Whether the child's column is given; a composite value `IS NOT NULL` only if all its fields are.
  var isGiven: String { extensionType == nil ? "\(child) IS NOT NULL" : "\(child) IS DISTINCT FROM NULL" }

  /// The equality PostgreSQL itself would check with.
  ///
  /// The search path decides which `=` an extension's type gets, its own or text's; arrays always use their
  /// elements' own. But two arrays of NULL are equal.
  func equality(nullsMayMeet: Bool) -> String {
    guard let extensionType else { return "\(parent) = \(child)" }
    let left = isParentOfThatType ? parent : "\(parent)::\(extensionType)"
    let right = isChildOfThatType ? child : "\(child)::\(extensionType)"
    let equality = "ARRAY[\(left)] = ARRAY[\(right)]"
    return nullsMayMeet ? "\(parent) IS DISTINCT FROM NULL AND \(equality)" : equality
  }
}
