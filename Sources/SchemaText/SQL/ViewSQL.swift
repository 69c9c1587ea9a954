import SchemaModel

/// Views as SQL.
enum ViewSQL {
  /// The paragraphs of a PostgreSQL view.
  static func paragraphs(_ view: View) -> [String] {
    let name = SQLDialect.postgreSQL.name(view.name)
    return [create(view, in: .postgreSQL)] + storage(of: view) + defaults(of: view)
      + ExtensionSQL.dependencies(of: "\(kind(of: view)) \(name)", view.extensions) + comments(on: view)
      + RightsSQL.paragraph(view.rights, on: "\(kind(of: view)) \(name)", grantTarget: "TABLE \(name)")
      + RightsSQL.columns(view.columns.map { ($0, view.columnPrivileges[$0] ?? []) }, of: view.name)
  }

  /// A SQLite view.
  static func sqlite(_ view: View) -> String { create(view, in: .sqlite) }

  private static func create(_ view: View, in dialect: SQLDialect) -> String {
    var words = ["CREATE", kind(of: view), dialect.name(view.name)]
    switch dialect.engine {
    case .postgreSQL:
      // pg_get_viewdef names every column in the query itself, so no list is needed.
      if let method = view.accessMethod { words.append("USING \(dialect.identifier(method))") }
      words += OptionSQL.with(view.options + view.toastOptions.map { "toast.\($0)" })
      if let tablespace = view.tablespace { words.append("TABLESPACE \(dialect.identifier(tablespace))") }
    case .sqlite:
      if !view.columns.isEmpty { words.append("(\(dialect.identifiers(view.columns)))") }
    }
    let query = terminated(view.definition, in: dialect)
    return words.joined(separator: " ") + " AS\n"
      + (view.isPopulated ? query : query.dropLast() + "\nWITH NO DATA;")
  }

  /// What names an index, so must follow the view's indexes, as one paragraph or none.
  static func clustering(_ view: View) -> [String] {
    let dialect = SQLDialect.postgreSQL
    guard let index = view.clusteredOn else { return [] }
    return ["ALTER \(kind(of: view)) \(dialect.name(view.name)) CLUSTER ON \(dialect.identifier(index));"]
  }

  /// How a materialized view's columns are stored and looked at, as one paragraph or none.
  private static func storage(of view: View) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let actions = view.columns.flatMap { name in
      var column = Column(named: name)
      column.storage = view.columnStorage[name]
      column.compression = view.columnCompression[name]
      column.statisticsTarget = view.columnStatisticsTargets[name]
      column.options = view.columnOptions[name] ?? []
      return TableSettingsSQL.actions(on: column)
    }
    return CommentSQL.paragraph(
      actions.map { "ALTER \(kind(of: view)) \(dialect.name(view.name)) \($0);" })
  }

  private static func defaults(of view: View) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let statements = view.columnDefaults.sorted { $0.key < $1.key }.map { column, expression in
      "ALTER VIEW \(dialect.name(view.name)) ALTER COLUMN \(dialect.identifier(column)) SET DEFAULT \(expression);"
    }
    return CommentSQL.paragraph(statements)
  }

  static func kind(of view: View) -> String { view.isMaterialized ? "MATERIALIZED VIEW" : "VIEW" }

  /// The query, ended by exactly one semicolon.
  private static func terminated(_ definition: String, in dialect: SQLDialect) -> String {
    switch dialect.engine {
    case .postgreSQL: definition.hasSuffix(";") ? definition : definition + ";"
    case .sqlite: dialect.closed(trimmed(definition)) + ";"
    }
  }

  /// The query without spaces around it.
  private static func trimmed(_ definition: String) -> String {
    var text = definition.drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  private static func comments(on view: View) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(view.name)
    var statements = CommentSQL.statement(on: "\(kind(of: view)) \(name)", view.comment)
    for (column, comment) in view.columnComments.sorted(by: { $0.key < $1.key }) {
      statements += CommentSQL.statement(on: "COLUMN \(name).\(dialect.identifier(column))", comment)
    }
    return CommentSQL.paragraph(statements)
  }
}
