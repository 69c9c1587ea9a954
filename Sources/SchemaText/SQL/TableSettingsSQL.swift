import SchemaModel

/// What PostgreSQL keeps of a table beside its columns and constraints, as SQL.
enum TableSettingsSQL {
  /// The clauses at the end of `CREATE TABLE`.
  static func clauses(_ table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    if let server = table.foreignServer {
      return ["SERVER \(dialect.identifier(server))"] + ForeignSQL.options(table.foreignOptions)
    }
    return (table.accessMethod.map { ["USING \(dialect.identifier($0))"] } ?? [])
      + OptionSQL.with(table.options + table.toastOptions.map { "toast.\($0)" })
      + (table.tablespace.map { ["TABLESPACE \(dialect.identifier($0))"] } ?? [])
  }

  /// How columns are stored and looked at, as one paragraph or none.
  static func columns(_ table: Table) -> [String] {
    CommentSQL.paragraph(table.columns.flatMap(actions).map { alter(table, $0) })
  }

  /// How one column is stored and looked at, as actions of `ALTER TABLE`.
  static func actions(on column: Column) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let place = "ALTER COLUMN \(dialect.identifier(column.name))"
    var actions: [String] = []
    if let storage = column.storage { actions.append("\(place) SET STORAGE \(storage.uppercased())") }
    if let compression = column.compression {
      actions.append("\(place) SET COMPRESSION \(dialect.identifier(compression))")
    }
    if let target = column.statisticsTarget { actions.append("\(place) SET STATISTICS \(target)") }
    if !column.options.isEmpty { actions.append("\(place) SET (\(OptionSQL.list(column.options)))") }
    return actions
  }

  /// Comments and grants on the sequences of identity columns, each as one paragraph or none.
  static func sequences(_ table: Table) -> [String] {
    var comments: [String] = []
    var persistence: [String] = []
    var grants: [String] = []
    for column in table.columns {
      let target = "SEQUENCE \(SQLDialect.postgreSQL.name(name(ofSequenceOf: column, in: table)))"
      comments += CommentSQL.statement(on: target, column.sequence.comment)
      if let isUnlogged = column.sequence.isUnlogged {
        persistence.append("ALTER \(target) SET \(isUnlogged ? "UNLOGGED" : "LOGGED");")
      }
      let rights = AccessRights(privileges: column.sequence.privileges)
      grants += RightsSQL.paragraph(rights, on: target)
    }
    return CommentSQL.paragraph(persistence) + CommentSQL.paragraph(comments) + grants
  }

  /// What names an index, so must follow the table's indexes and keys, as one paragraph or none.
  static func indexes(_ table: Table) -> [String] {
    let dialect = SQLDialect.postgreSQL
    var statements: [String] = []
    if let index = table.clusteredOn {
      // A partitioned table cannot be clustered, so ALTER TABLE never goes further than this one.
      statements.append(alter(table, "CLUSTER ON \(dialect.identifier(index))"))
    }
    switch table.replicaIdentity {
    case .primaryKey: break
    case .full: statements.append(alter(table, "REPLICA IDENTITY FULL"))
    case .nothing: statements.append(alter(table, "REPLICA IDENTITY NOTHING"))
    case .index(let name):
      statements.append(alter(table, "REPLICA IDENTITY USING INDEX \(dialect.identifier(name))"))
    }
    return CommentSQL.paragraph(statements)
  }

  /// `ALTER TABLE ONLY … action;` on one line.
  static func alter(_ table: Table, _ action: String) -> String {
    "ALTER TABLE ONLY \(SQLDialect.postgreSQL.name(table.name)) \(action);"
  }

  static func name(ofSequenceOf column: Column, in table: Table) -> ObjectName {
    ObjectName(
      schema: table.name.schema,
      column.sequence.name ?? InventedName.of(column.name, in: table.name.name, label: "seq"))
  }
}
