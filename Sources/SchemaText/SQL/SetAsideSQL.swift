import SchemaModel

/// Statements that move violating rows out of a table into a quarantine beside it, so that none is lost.
///
/// PostgreSQL: a table of the same name in the schema `plumb_quarantine`. SQLite: a table
/// `plumb_quarantine_NAME`. No statement has a closing semicolon. What a constraint's rows are is searched
/// for once (``find(_:of:)``); everything that is done with them goes by what was found.
package struct SetAsideSQL: Hashable, Sendable {
  package let schema: Schema
  package var engine: DatabaseEngine { schema.engine }
  var dialect: SQLDialect { SQLDialect(engine) }

  /// - Parameter schema: tells what the columns' types are made of.
  package init(_ schema: Schema) { self.schema = schema }

  // MARK: - What violates

  /// Where the found rows are remembered until the end of the transaction.
  static let found = "plumb_found"

  /// Searches for the violating rows and remembers them.
  package func find(_ query: ViolationQuery, of table: Table) -> [String] {
    if let conflicts = query.conflicts { return conflicts.find }
    let identity = RowIdentity(of: table, in: dialect)
    let columns = identity.columns.enumerated().map { "r.\($1) AS plumb_found\($0 + 1)" }
    let select = "SELECT \(columns.joined(separator: ", ")) FROM \(query.from) WHERE \(query.predicate)"
    switch engine {
    case .postgreSQL:
      return [
        "CREATE TEMP TABLE \(Self.found) ON COMMIT DROP AS \(select)",
        // Otherwise the planner takes it for large and reads the whole table beside it.
        "ANALYZE pg_temp.\(Self.found)",
      ]
    case .sqlite: return ["CREATE TEMP TABLE \(Self.found) AS \(select)"]
    }
  }

  /// Statements that keep no more of what was found than must go; repeated until none of them changes a row.
  package func settleFound(_ query: ViolationQuery) -> [String] { query.conflicts?.settle ?? [] }

  /// Counts what was found, or is left of it.
  package var countFound: String { "SELECT count(*) FROM \(foundTable)" }

  /// Forgets those of the found rows that no longer violate; only good while they were not changed.
  package func forgetWhatHolds(_ query: ViolationQuery, of table: Table) -> String {
    """
    DELETE FROM \(foundTable) AS f
    WHERE NOT EXISTS (SELECT 1 FROM \(query.from) WHERE \(isFound(table)) AND \(query.predicate))
    """
  }

  /// Forgets what was found, where the end of the transaction does not.
  package var forget: [String] {
    switch engine {
    case .postgreSQL: []
    case .sqlite: ["DROP TABLE IF EXISTS \(foundTable)"]
    }
  }

  var foundTable: String { engine == .postgreSQL ? "pg_temp.\(Self.found)" : "temp.\(Self.found)" }

  /// A condition on `r` and `f`: they are the same row.
  func isFound(_ table: Table) -> String {
    RowIdentity(of: table, in: dialect).columns.enumerated()
      .map { "r.\($1) = f.plumb_found\($0 + 1)" }.joined(separator: " AND ")
  }

  // MARK: - What is done

  /// Moves the found rows into the table's quarantine; the last statement reports how many.
  package func move(_ query: ViolationQuery, of table: Table, policy: ViolationPolicy) -> [String] {
    switch engine {
    case .postgreSQL:
      return [
        """
        WITH gone AS (
          DELETE FROM \(query.from) USING \(foundTable) AS f WHERE \(isFound(table)) RETURNING r.*
        )
        \(insert(into: table))
        SELECT \(values(query, policy, [], of: table, from: "gone")) FROM gone
        """
      ]
    case .sqlite:
      let identity = RowIdentity(of: table, in: dialect)
      let columns = identity.columns.indices.map { "plumb_found\($0 + 1)" }.joined(separator: ", ")
      return [
        copy(query, policy, [], of: table),
        "DELETE FROM \(query.from) WHERE \(identity.value(of: "r")) IN (SELECT \(columns) FROM \(foundTable))",
      ]
    }
  }

  /// Records the found rows as they are and sets columns of them to NULL; the last statement reports how many.
  package func null(_ columns: [String], _ query: ViolationQuery, of table: Table) -> [String] {
    let changes = columns.map { "\(dialect.identifier($0)) = NULL" }.joined(separator: ", ")
    return [
      copy(query, .null, columns, of: table),
      "UPDATE \(query.from) SET \(changes) FROM \(foundTable) AS f WHERE \(isFound(table))",
    ]
  }

  /// Forgets those of the found rows that would break a check of their table with NULL in these columns; `nil` when
  /// no check is about them.
  package func forgetWhatNullBreaks(
    _ columns: [String], of table: Table, from query: ViolationQuery
  ) -> String? {
    let checks = table.checks.filter { check in
      check.isEnforced
        && !Set(SQLTokens(check.expression, in: dialect).columns(of: table)).isDisjoint(with: columns)
    }
    guard !checks.isEmpty else { return nil }
    let identity = RowIdentity(of: table, in: dialect).columns.enumerated()
      .map { "r.\($1) AS plumb_place\($0 + 1)" }
    let values = table.columns.map { column in
      let name = dialect.identifier(column.name)
      guard columns.contains(column.name) else { return "r.\(name)" }
      return engine == .postgreSQL ? "NULL::\(column.type) AS \(name)" : "NULL AS \(name)"
    }
    let broken = checks.map { check in
      let condition = dialect.parenthesised(check.expression)
      return engine == .postgreSQL ? "NOT coalesce(\(condition), true)" : "NOT \(condition)"
    }
    let same = identity.indices.map { "plumb_place\($0 + 1) = plumb_found\($0 + 1)" }
    return """
      DELETE FROM \(foundTable)
      WHERE EXISTS (SELECT 1 FROM (SELECT \((identity + values).joined(separator: ", ")) FROM \(query.from))
        AS \(dialect.identifier(table.name.name))
        WHERE \(same.joined(separator: " AND ")) AND (\(broken.joined(separator: " OR "))))
      """
  }

  private func copy(
    _ query: ViolationQuery, _ policy: ViolationPolicy, _ columns: [String], of table: Table
  ) -> String {
    """
    \(insert(into: table))
    SELECT \(values(query, policy, columns, of: table, from: "r"))
    FROM \(query.from) JOIN \(foundTable) AS f ON \(isFound(table))
    """
  }

  func insert(into table: Table) -> String {
    let names =
      ["plumb_constraint", "plumb_kind", "plumb_reason", "plumb_policy", "plumb_columns"]
      + table.columns.map { dialect.identifier($0.name) }
    return "INSERT INTO \(dialect.name(quarantineName(for: table))) (\(names.joined(separator: ", ")))"
  }

  /// What stands in a row of the quarantine: the evidence, then the row itself.
  func values(
    _ query: ViolationQuery, _ policy: ViolationPolicy, _ columns: [String], of table: Table,
    from alias: String
  ) -> String {
    let evidence = [
      query.constraint.quarantineName, query.constraint.kind.label, query.reason, policy.rawValue,
    ].map(dialect.literal)
    let changed = columns.isEmpty ? "NULL" : dialect.literal(ColumnList.text(columns))
    let own = table.columns.map { column in
      let value = "\(alias).\(dialect.identifier(column.name))"
      guard engine == .postgreSQL else { return value }
      let kept = BaseType.withoutDomains(column.type, in: schema)
      return kept == column.type ? value : "\(value)::\(kept)"
    }
    return (evidence + [changed] + own).joined(separator: ", ")
  }
}

extension ConstraintReference {
  /// The constraint as people call it in a quarantine; a NOT NULL has no name of its own.
  package var quarantineName: String { kind == .column ? "\(name) NOT NULL" : name }
}

/// Names of columns in one text, each in double quotes where commas or quotes could be mistaken.
package enum ColumnList {
  /// `a,"b,c"`.
  static func text(_ names: [String]) -> String {
    names.map { name in
      name.contains { $0 == "," || $0 == "\"" } ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
    }.joined(separator: ",")
  }

  /// The names in such a text.
  package static func names(in text: String) -> [String] {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    var wasQuote = false
    for character in text {
      if character == "\"" {
        if isQuoted && !wasQuote {
          wasQuote = true
        } else if wasQuote {
          name.append("\"")
          wasQuote = false
        } else {
          isQuoted = true
        }
        continue
      }
      if wasQuote {
        isQuoted = false
        wasQuote = false
      }
      if character == ",", !isQuoted {
        names.append(name)
        name = ""
      } else {
        name.append(character)
      }
    }
    return names + [name]
  }
}
