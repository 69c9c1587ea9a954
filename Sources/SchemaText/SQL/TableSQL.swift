import SchemaModel

/// Tables as SQL.
enum TableSQL {
  /// A PostgreSQL table as paragraphs: the table, its checks that old rows need not meet, its comments.
  ///
  /// - Parameters:
  ///   - inheritedChecks: checks of the tables this one will be a partition of; attaching asks for them.
  ///   - inheritedIdentities: columns that will number themselves by the partitioned table's sequence.
  ///   - parent: finds the tables it inherits from.
  ///   - areSettingsApart: whether how its columns are stored is told elsewhere.
  static func paragraphs(
    _ table: Table, inheritedChecks: [CheckConstraint] = [], inheritedIdentities: Set<String> = [],
    parent: (ObjectName) -> Table? = { _ in nil }, areSettingsApart: Bool = false
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let own = Set(table.checks.map(\.name))
    let inherited = inheritedChecks.filter { !own.contains($0.name) }
    let shape = InheritedShape(of: table, parent: parent)
    let checks = (table.checks.filter(shape.isWritten) + inherited).sorted { $0.name < $1.name }
    let keys = PartitionOrder.isInTree(table) ? [] : table.keys
    let twins = keys.enumerated().filter { place, key in keys.prefix(place).contains(where: key.isTwin) }
      .map(\.element)
    let clauses =
      keys.filter { !twins.contains($0) }.map { ConstraintSQL.clause($0, in: dialect) }
      + checks.filter { $0.isValidated || !$0.isEnforced }.map { ConstraintSQL.clause($0, in: dialect) }
    let columns = table.columns.filter(shape.isWritten).map { column in
      var column = column
      if inheritedIdentities.contains(column.name) { column.value = .none }
      return column
    }
    let typed = table.rowType.map { "OF \(dialect.name($0)) " }
    let columnLines =
      typed == nil ? columnLines(columns, in: dialect) { _ in nil } : columns.compactMap(typedLine)
    let lines = columnLines + clauses.map { "  " + $0 }
    let kind = table.foreignServer != nil ? "FOREIGN TABLE" : table.isUnlogged ? "UNLOGGED TABLE" : "TABLE"
    let parents = shape.parents.map(dialect.name).joined(separator: ", ")
    let tail =
      (parents.isEmpty ? [] : ["INHERITS (\(parents))"])
      + (table.partitionKey.map { ["PARTITION BY \($0)"] } ?? []) + TableSettingsSQL.clauses(table)
    let head = "CREATE \(kind) \(dialect.name(table.name)) \(typed ?? "")"
    let create =
      (head + (typed != nil && lines.isEmpty ? "" : list(lines))).trimmingEnd
      + tail.map { "\n" + $0 }.joined() + ";"
    let late =
      CommentSQL.paragraph(
        (shape.lateParents.map { "INHERIT \(dialect.name($0))" } + shape.corrections(of: table))
          .map { TableSettingsSQL.alter(table, $0) })
      + columns.filter { $0.isNotNull && !$0.notNull.isValidated }.map {
        ConstraintSQL.addNotNull($0, to: table) + ";"
      } + checks.filter { !$0.isValidated && $0.isEnforced }.map { ConstraintSQL.add($0, to: table) + ";" }
      + twins.map { ConstraintSQL.add($0, to: table) + ";" }
      + (areSettingsApart ? [] : TableSettingsSQL.columns(table))
    let comments = CommentSQL.paragraph(
      of: table, constraints: keys.map { ($0.name, $0.comment) } + table.checks.map { ($0.name, $0.comment) },
      indexes: keys.map { ($0.name, $0.index.comment) }, parent: parent)
    let extensions = keys.flatMap { key in
      ExtensionSQL.dependencies(of: dialect.index(key.name, of: table.name), key.index.extensions)
    }
    let rechecks = keys.flatMap { TriggerSQL.recheck(of: $0, on: table.name) }
    return [create] + late + extensions + rechecks + comments + TableSettingsSQL.sequences(table)
      + PolicySQL.switches(of: table)
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
    let inColumn = table.primaryKey.flatMap { $0.standsInColumn ? $0 : nil }
    let columns = columnLines(table.columns, in: dialect) { column in
      inColumn.flatMap { $0.columns == [column.name] ? ConstraintSQL.inColumn($0) : nil }
    }
    let keys = table.keys.filter { !($0.isPrimary && inColumn != nil) }
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

  /// A column of a typed table: only what the type does not say.
  private static func typedLine(_ column: Column) -> String? {
    var own = column
    own.type = ""
    own.collation = nil
    let dialect = SQLDialect.postgreSQL
    let line = ColumnSQL.definition(own, nameWidth: 0, clause: "WITH OPTIONS", in: dialect)
    return line == "\(dialect.identifier(column.name)) WITH OPTIONS" ? nil : "  " + line
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

extension String {
  fileprivate var trimmingEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

extension KeyConstraint {
  /// Whether `CREATE TABLE` takes it for the other key: of two such in one statement, it makes one.
  fileprivate func isTwin(of other: KeyConstraint) -> Bool {
    columns == other.columns && includedColumns == other.includedColumns
      && nullsNotDistinct == other.nullsNotDistinct && deferrability == other.deferrability
      && isTemporal == other.isTemporal
  }

  /// Whether SQLite takes it for what it is only behind its column.
  fileprivate var standsInColumn: Bool {
    guard columns.count == 1 else { return false }
    return isAutoincrement || sortedKeys.first.map { $0.isDescending && $0.collation == nil } ?? false
  }
}
