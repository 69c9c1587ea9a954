import SchemaModel

/// Constraints as clauses of `CREATE TABLE`, and as PostgreSQL statements of their own.
///
/// Every statement is one `ALTER TABLE` without a closing semicolon. SQLite cannot add a constraint to a
/// table it has, so there is no such statement for it.
package enum ConstraintSQL {
  /// Adds a check; `NOT VALID` when the value says that existing rows were not checked.
  package static func add(_ check: CheckConstraint, to table: Table) -> String {
    enforce(notNull: [], [check], of: table)
  }

  /// Adds a foreign key; `NOT VALID` when the value says that existing rows were not checked.
  package static func add(_ foreignKey: ForeignKey, to table: Table) -> String {
    let validity = foreignKey.isValidated || !foreignKey.isEnforced ? "" : " NOT VALID"
    return alter(table.name, "ADD " + clause(foreignKey, in: .postgreSQL) + validity)
  }

  /// Adds a primary key or a unique constraint, building its index; partitions get none where it is not valid.
  package static func add(_ key: KeyConstraint, to table: Table) -> String {
    alter(
      table.name, "ADD " + clause(key, in: .postgreSQL),
      isOnly: table.partitionKey != nil && !key.index.isValid)
  }

  /// Adds an exclusion constraint, building its index.
  package static func add(_ exclusion: ExclusionConstraint, to table: Table) -> String {
    alter(
      table.name, "ADD " + clause(exclusion), isOnly: table.partitionKey != nil && !exclusion.index.isValid)
  }

  /// Adds a NOT NULL that rows which are there already need not meet; PostgreSQL 18 and later.
  static func addNotNull(_ column: Column, to table: Table) -> String {
    alter(table.name, "ADD \(notNullClause(column)) NOT VALID")
  }

  /// A NOT NULL as a constraint of its own; PostgreSQL 18 and later.
  private static func notNullClause(_ column: Column) -> String {
    let dialect = SQLDialect.postgreSQL
    let name = column.notNull.name.map { "CONSTRAINT \(dialect.identifier($0)) " } ?? ""
    return
      "\(name)NOT NULL \(dialect.identifier(column.name))\(column.notNull.isNotInherited ? " NO INHERIT" : "")"
  }

  /// What a column's NOT NULL is called since PostgreSQL 18.
  package static func nameOfNotNull(_ column: Column, of table: Table) -> String {
    column.notNull.name ?? InventedName.of(column.name, in: table.name.name, label: "not_null")
  }

  /// Removes a constraint by its name.
  package static func drop(constraintNamed name: String, of table: Table) -> String {
    alter(table.name, "DROP CONSTRAINT \(SQLDialect.postgreSQL.identifier(name))")
  }

  /// Forbids NULL in columns and adds checks, all in one look at the rows.
  package static func enforce(
    notNull columns: [Column], _ checks: [CheckConstraint], of table: Table
  ) -> String {
    let dialect = SQLDialect.postgreSQL
    let actions =
      columns.map(enforceNotNull)
      + checks.map {
        "ADD " + clause($0, in: dialect) + ($0.isValidated || !$0.isEnforced ? "" : " NOT VALID")
      }
    return alter(table.name, actions.joined(separator: ",\n  "))
  }

  /// Forbids NULL in a column, as an action of `ALTER TABLE`.
  static func enforceNotNull(_ column: Column) -> String {
    column.notNull.name == nil && !column.notNull.isNotInherited
      ? "ALTER COLUMN \(SQLDialect.postgreSQL.identifier(column.name)) SET NOT NULL"
      : "ADD \(notNullClause(column))"
  }

  /// Allows NULL in a column.
  package static func dropNotNull(_ column: String, of table: Table) -> String {
    alter(table.name, "ALTER COLUMN \(SQLDialect.postgreSQL.identifier(column)) DROP NOT NULL")
  }

  private static func alter(_ table: ObjectName, _ action: String, isOnly: Bool = false) -> String {
    "ALTER TABLE \(isOnly ? "ONLY " : "")\(SQLDialect.postgreSQL.name(table))\n  \(action)"
  }

  /// A primary key or unique constraint as a clause of `CREATE TABLE`.
  static func clause(_ key: KeyConstraint, in dialect: SQLDialect) -> String {
    var words = named(key.name, key.isNamed, in: dialect)
    words.append(key.isPrimary ? "PRIMARY KEY" : "UNIQUE")
    if key.nullsNotDistinct { words.append("NULLS NOT DISTINCT") }
    let columns =
      key.sortedKeys.isEmpty
      ? dialect.identifiers(key.columns)
      : key.sortedKeys.map { IndexSQL.key($0, in: dialect) }.joined(separator: ", ")
    words.append("(\(columns)\(key.isTemporal ? " WITHOUT OVERLAPS" : ""))")
    if !key.includedColumns.isEmpty { words.append("INCLUDE (\(dialect.identifiers(key.includedColumns)))") }
    words += index(key.index, in: dialect) + conflict(key) + deferrability(key.deferrability)
    return words.joined(separator: " ")
  }

  /// A SQLite primary key of one column as a clause of that column: the only place for `AUTOINCREMENT`, and the
  /// only one where `DESC` keeps an `INTEGER` from being the row's number.
  static func inColumn(_ key: KeyConstraint) -> String {
    let words =
      named(key.name, key.isNamed, in: .sqlite) + ["PRIMARY KEY"]
      + (key.sortedKeys.first?.isDescending == true ? ["DESC"] : []) + conflict(key)
      + (key.isAutoincrement ? ["AUTOINCREMENT"] : [])
    return words.joined(separator: " ")
  }

  /// A check as a clause of `CREATE TABLE` or `CREATE DOMAIN`, without its validity.
  static func clause(_ check: CheckConstraint, in dialect: SQLDialect) -> String {
    var words = named(check.name, check.isNamed, in: dialect)
    words.append("CHECK \(dialect.parenthesised(check.expression))")
    if check.isNotInherited { words.append("NO INHERIT") }
    if !check.isEnforced { words.append("NOT ENFORCED") }
    return words.joined(separator: " ")
  }

  /// A foreign key as a clause of `CREATE TABLE`, without its validity.
  static func clause(_ foreignKey: ForeignKey, in dialect: SQLDialect) -> String {
    var words = named(foreignKey.name, foreignKey.isNamed, in: dialect)
    words.append("FOREIGN KEY (\(columns(foreignKey.columns, of: foreignKey, in: dialect)))")
    words.append("REFERENCES \(dialect.name(foreignKey.referencedTable))")
    if !foreignKey.referencedColumns.isEmpty {
      words.append("(\(columns(foreignKey.referencedColumns, of: foreignKey, in: dialect)))")
    }
    switch foreignKey.match {
    case .simple: break
    case .full: words.append("MATCH FULL")
    case .partial: words.append("MATCH PARTIAL")
    }
    words += action("ON UPDATE", foreignKey.onUpdate) + action("ON DELETE", foreignKey.onDelete)
    if !foreignKey.setColumnsOnDelete.isEmpty {
      words.append("(\(dialect.identifiers(foreignKey.setColumnsOnDelete)))")
    }
    return
      (words + deferrability(foreignKey.deferrability)
      + (foreignKey.isEnforced ? [] : ["NOT ENFORCED"])).joined(separator: " ")
  }

  private static func clause(_ exclusion: ExclusionConstraint) -> String {
    let dialect = SQLDialect.postgreSQL
    var words = named(exclusion.name, true, in: dialect)
    let keys = zip(exclusion.keys, exclusion.operators).map { key, sign in
      "\(IndexSQL.key(key, in: dialect)) WITH \(sign)"
    }
    words.append("EXCLUDE USING \(dialect.identifier(exclusion.method)) (\(keys.joined(separator: ", ")))")
    if !exclusion.includedColumns.isEmpty {
      words.append("INCLUDE (\(dialect.identifiers(exclusion.includedColumns)))")
    }
    words += index(exclusion.index, in: dialect)
    if let predicate = exclusion.predicate { words.append("WHERE \(dialect.parenthesised(predicate))") }
    return (words + deferrability(exclusion.deferrability)).joined(separator: " ")
  }

  private static func columns(
    _ names: [String], of key: ForeignKey, in dialect: SQLDialect
  ) -> String {
    guard key.isTemporal, let last = names.last else { return dialect.identifiers(names) }
    return (names.dropLast().map(dialect.identifier) + ["PERIOD \(dialect.identifier(last))"])
      .joined(separator: ", ")
  }

  /// What is said of a constraint's index once it is there.
  static func sayings(of index: ConstraintIndex, _ name: String, in table: ObjectName) -> [String] {
    ExtensionSQL.dependencies(of: SQLDialect.postgreSQL.index(name, of: table), index.extensions)
      + CommentSQL.onIndex(name, of: table, index.comment)
  }

  private static func index(_ index: ConstraintIndex, in dialect: SQLDialect) -> [String] {
    OptionSQL.with(index.options)
      + (index.tablespace.map { ["USING INDEX TABLESPACE \(dialect.identifier($0))"] } ?? [])
  }

  private static func named(_ name: String, _ isNamed: Bool, in dialect: SQLDialect) -> [String] {
    isNamed ? ["CONSTRAINT \(dialect.identifier(name))"] : []
  }

  private static func conflict(_ key: KeyConstraint) -> [String] {
    key.conflictAction.map { ["ON CONFLICT \($0)"] } ?? []
  }

  private static func action(_ event: String, _ action: ForeignKey.Action) -> [String] {
    switch action {
    case .noAction: []
    case .restrict: ["\(event) RESTRICT"]
    case .cascade: ["\(event) CASCADE"]
    case .setNull: ["\(event) SET NULL"]
    case .setDefault: ["\(event) SET DEFAULT"]
    }
  }

  private static func deferrability(_ deferrability: Deferrability) -> [String] {
    switch deferrability {
    case .notDeferrable: []
    case .initiallyImmediate: ["DEFERRABLE"]
    case .initiallyDeferred: ["DEFERRABLE INITIALLY DEFERRED"]
    }
  }
}
