import SchemaModel

/// Tables as SQL.
enum TableSQL {
  /// A PostgreSQL table as paragraphs: the table, its checks that old rows need not meet, its comments.
  ///
  /// - Parameters:
  ///   - inheritedChecks: checks of the tables this one will be a partition of; attaching asks for them.
  ///   - inheritedIdentities: columns that will number themselves by the partitioned table's sequence.
  static func paragraphs(
    _ table: Table, inheritedChecks: [CheckConstraint] = [], inheritedIdentities: Set<String> = []
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let own = Set(table.checks.map(\.name))
    let inherited = inheritedChecks.filter { !own.contains($0.name) }
    let checks = (table.checks + inherited).sorted { $0.name < $1.name }
    let keys = PartitionOrder.isInTree(table) ? [] : table.keys
    let clauses =
      keys.map { ConstraintSQL.clause($0, in: dialect) }
      + checks.filter(\.isValidated).map { ConstraintSQL.clause($0, in: dialect) }
    let columns = table.columns.map { column in
      var column = column
      if inheritedIdentities.contains(column.name) { column.value = .none }
      return column
    }
    let lines = columnLines(columns, in: dialect) { _ in nil } + clauses.map { "  " + $0 }
    let kind = table.isUnlogged ? "UNLOGGED TABLE" : "TABLE"
    let partitioning = table.partitionKey.map { "\nPARTITION BY \($0)" } ?? ""
    let create = "CREATE \(kind) \(dialect.name(table.name)) \(list(lines))\(partitioning);"
    let late = checks.filter { !$0.isValidated }.map { ConstraintSQL.add($0, to: table) + ";" }
    let comments = CommentSQL.paragraph(
      of: table, constraints: keys.map { ($0.name, $0.comment) } + table.checks.map { ($0.name, $0.comment) })
    return [create] + late + comments + PolicySQL.switches(of: table)
      + RightsSQL.paragraph(table.rights, on: "TABLE \(dialect.name(table.name))")
      + RightsSQL.columns(table.columns.map { ($0.name, $0.privileges) }, of: table.name)
  }

  /// A default that could not stand in `CREATE TABLE`.
  static func setDefault(_ expression: String, of column: String, in table: ObjectName) -> String {
    let dialect = SQLDialect.postgreSQL
    return
      "ALTER TABLE ONLY \(dialect.name(table)) ALTER COLUMN \(dialect.identifier(column)) SET DEFAULT \(expression);"
  }

  /// A SQLite table as one paragraph, with its constraints and comments inside.
  static func sqlite(_ table: Table) -> String {
    let dialect = SQLDialect.sqlite
    let counted = table.primaryKey.flatMap { $0.isAutoincrement && $0.columns.count == 1 ? $0 : nil }
    let columns = columnLines(table.columns, in: dialect) { column in
      counted.flatMap { $0.columns == [column.name] ? ConstraintSQL.autoincrement($0) : nil }
    }
    let keys = table.keys.filter { !($0.isPrimary && counted != nil) }
    let clauses =
      keys.map { ConstraintSQL.clause($0, in: dialect) }
      + table.checks.map { ConstraintSQL.clause($0, in: dialect) }
      + table.foreignKeys.map { ConstraintSQL.clause($0, in: dialect) }
    let name = "CREATE TABLE \(dialect.name(table.name))"
    let comment = CommentSQL.lines(table.comment)
    let head = comment.isEmpty ? name + " " : name + "\n" + comment
    let options = (table.isStrict ? ["STRICT"] : []) + (table.isWithoutRowID ? ["WITHOUT ROWID"] : [])
    let tail = options.isEmpty ? "" : " " + options.joined(separator: ", ")
    return head + list(columns + clauses.map { "  " + $0 }) + tail + ";"
  }

  private static func list(_ lines: [String]) -> String {
    lines.isEmpty ? "()" : "(\n\(lines.joined(separator: ",\n"))\n)"
  }

  /// The columns, one below the other, each with its comment above it where comments stand in the text.
  private static func columnLines(
    _ columns: [Column], in dialect: SQLDialect, clause: (Column) -> String?
  ) -> [String] {
    let width = nameWidth(columns, in: dialect)
    return columns.map { column in
      let definition = ColumnSQL.definition(column, nameWidth: width, clause: clause(column), in: dialect)
      switch dialect.engine {
      case .postgreSQL: return "  " + definition
      case .sqlite: return CommentSQL.lines(column.comment, indentation: "  ") + "  " + definition
      }
    }
  }

  /// The width types are lined up behind: in steps, and blind to very long names, so that one column more
  /// seldom moves all others and a difference stays small.
  private static func nameWidth(_ columns: [Column], in dialect: SQLDialect) -> Int {
    let step = 8
    let limit = 32
    let widths = columns.map { dialect.identifier($0.name).count }.filter { $0 < limit }
    return ((widths.max() ?? 0) / step + 1) * step - 1
  }
}
