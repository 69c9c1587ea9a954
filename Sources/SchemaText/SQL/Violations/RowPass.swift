import SchemaModel

/// One pass over a table that counts its rows and, of each constraint that a row can break alone, the rows that do.
///
/// Counting is free where something is looked for anyway, so a table is read once whatever its checks and NOT NULLs are.
package struct RowPass: Hashable, Sendable {
  /// The table that is read; a partitioned one with all its partitions.
  package let table: ObjectName
  /// Of each constraint, in the order of their counts.
  package let queries: [ViolationQuery]
  /// Rows of (table's name with its schema in two columns, its oid or 0, rows, then one count for each constraint).
  package let sql: String
  /// How many columns stand before the counts of the constraints.
  package static let columnsBeforeCounts = 4

  /// The pass over a table; `nil` where it would count nothing that another does not: a partition's rows are counted with those
  /// of its partitioned table, but for constraints of its own.
  ///
  /// - Parameter queries: all of the table.
  package init?(of table: Table, asking queries: [ViolationQuery], in schema: Schema) {
    let isInherited = schema.isInherited(table.name)
    // A partition's columns are of the types of its partitioned table's.
    let domains = table.partition == nil ? ViolationQuery.domains(of: table, in: schema) : []
    let ofRowAlone = (queries + domains)
      .filter { Self.isOfRowAlone($0, in: table, hasChildren: isInherited) }
    if table.partition == nil {
      guard table.foreignServer == nil else { return nil }
    } else {
      guard !ofRowAlone.isEmpty, table.partitionKey == nil else { return nil }
    }
    self.table = table.name
    self.queries = ofRowAlone
    let counts = ["count(*)"] + ofRowAlone.map { "count(*) FILTER (WHERE \($0.predicate))" }
    // Rows of children count as theirs; where there are none, grouping would only cost.
    sql = Self.sql(counts, of: table, byTable: table.partitionKey != nil || isInherited)
  }

  /// Whether the constraint is one that the server vouches for, and concerns a row by itself.
  private static func isOfRowAlone(_ query: ViolationQuery, in table: Table, hasChildren: Bool) -> Bool {
    switch query.constraint.kind {
    case .column, .domainType: true
    case .checkConstraint:
      table.checks.contains {
        $0.name == query.constraint.name && $0.isVouchedFor && !($0.isNotInherited && hasChildren)
      }
    case _: false
    }
  }

  /// - Parameter byTable: whether rows of partitions and children are counted as theirs.
  private static func sql(_ counts: [String], of table: Table, byTable: Bool) -> String {
    let from = "\(SQLDialect.postgreSQL.name(table.name)) AS r"
    guard byTable else {
      let name = [table.name.schema ?? "", table.name.name].map(SQLDialect.postgreSQL.literal)
      return "SELECT \(name.joined(separator: ", ")), 0, \(counts.joined(separator: ", ")) FROM \(from)"
    }
    return """
      SELECT n.nspname, c.relname, p.* FROM (
        SELECT r.tableoid AS plumb_table, \(numbered(counts)) FROM \(from) GROUP BY 1
      ) AS p JOIN pg_catalog.pg_class c ON c.oid = p.plumb_table JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      """
  }

  private static func numbered(_ counts: [String]) -> String {
    counts.enumerated().map { "\($1) AS plumb_\($0)" }.joined(separator: ", ")
  }
}
