import SchemaModel

/// The rows of a table that break one of its constraints, as SQL that asks the rows and not the catalog.
///
/// Every name in it is qualified, so it means the same under any search path. The table is called `r`, and
/// partitions are looked into; tables that merely inherit have constraints of their own, so `ONLY` stands where there
/// are any.
package struct ViolationQuery: Hashable, Sendable {
  package let engine: DatabaseEngine
  /// The broken constraint; a NOT NULL has the kind ``ObjectKind/column`` and the column's name.
  package let constraint: ConstraintReference
  /// A condition on `r` that is true for exactly the violating rows; of rows that exclude each other, for
  /// all but the first.
  package private(set) var predicate: String
  /// What stands behind `FROM`: the table as `r`.
  package let from: String
  /// Why a row violates, in words, without any value: `due_date is null`.
  package internal(set) var reason: String
  /// The columns whose values make the violation, in the constraint's order.
  package let affectedColumns: [String]
  /// The columns ``sampleSQL(limit:)`` returns, in order; empty when all that could name a row is withheld.
  package let sampleColumns: [String]
  /// Columns that would be in the sample, but are sensitive.
  package let withheldColumns: [String]
  /// The domain whose rule it is, for ``ObjectKind/domainType``.
  package internal(set) var domain: ObjectName?
  /// Whether it is a NOT NULL, a column's or a domain's.
  package internal(set) var isNotNull = false
  /// Whether the catalog says that it was checked; of a domain's rule, all others are known by their table.
  package internal(set) var isVouchedFor = true
  /// Whether rows are looked for by values whose order no library can change, as the C library changes that of text.
  package internal(set) var isOfSettledOrder = false
  /// How it is asked of rows with some keys only, where it can be.
  var narrowing: Narrowing?
  /// How rows are found that do not allow each other, where it is about these.
  var conflicts: ConflictSearch?
  private let order: String

  /// - Parameters:
  ///   - predicate: a condition on `r`.
  ///   - columns: the columns whose values make the violation.
  ///   - alone: whether tables that inherit from it are left out.
  init(
    of table: Table, kind: ObjectKind, name: String, predicate: String, reason: String, columns: [String],
    alone: Bool = false, in dialect: SQLDialect
  ) {
    engine = dialect.engine
    constraint = ConstraintReference(kind: kind, table: table.name, name: name)
    self.predicate = predicate
    from = "\(dialect.rows(of: table, alone: alone)) AS r"
    self.reason = reason
    affectedColumns = columns

    let sensitive = Set(table.columns.filter { $0.sensitivity != nil }.map(\.name))
    let keys = table.primaryKey?.columns ?? []
    let visibleKeys = keys.filter { !sensitive.contains($0) }
    let visible = visibleKeys.isEmpty ? columns.filter { !sensitive.contains($0) } : visibleKeys
    sampleColumns = visible
    withheldColumns = (visibleKeys.isEmpty ? keys + columns.filter { !keys.contains($0) } : keys)
      .filter(sensitive.contains)

    // A key's own type can always be sorted; that of any other column perhaps not, but its text can.
    let sorted = visible.map {
      visibleKeys.isEmpty ? Self.text($0, in: dialect) : "r.\(dialect.identifier($0))"
    }
    order = (sorted + [RowIdentity(of: table, in: dialect).list(of: "r")]).joined(separator: ", ")
  }

  /// Counts the violating rows.
  package var countSQL: String { "SELECT count(*) FROM \(from) WHERE \(predicate)" }

  /// The first violating rows: ``sampleColumns`` as text, in a fixed order; never a sensitive column.
  ///
  /// When no column may be shown, each row is the word `withheld`.
  package func sampleSQL(limit: Int) -> String {
    let dialect = SQLDialect(engine)
    let columns = sampleColumns.map { Self.text($0, in: dialect) }
    let list = columns.isEmpty ? "'withheld'" : columns.joined(separator: ", ")
    return "SELECT \(list) FROM \(from) WHERE \(predicate) ORDER BY \(order) LIMIT \(limit)"
  }

  /// How many rows violate, and the columns of ``sampleSQL(limit:)``, in each of the first rows; no row when none does.
  package func countAndSampleSQL(limit: Int) -> String {
    "SELECT count(*) OVER (), " + sampleSQL(limit: limit).dropFirst("SELECT ".count)
  }

  /// The values of ``affectedColumns`` as text, of rows that may violate; `nil` when ``among(_:)`` would not go by them.
  ///
  /// Where all rows whose values are complete are among `limit`, no other violates.
  package func keysSQL(limit: Int) -> String? {
    guard case .columns(_, let wide) = narrowing else { return nil }
    let columns = affectedColumns.map { Self.text($0, in: SQLDialect(engine)) }.joined(separator: ", ")
    return "SELECT \(columns) FROM \(from) WHERE \(wide) LIMIT \(limit)"
  }

  /// Whether a row violates it by its own values alone.
  package var concernsOneRow: Bool {
    constraint.kind == .column || constraint.kind == .checkConstraint
  }

  /// The same question among rows with these keys: others are known not to violate it.
  ///
  /// - Parameter keys: values of the constraint's columns, in its order, as text.
  package func among(_ keys: [[String]]) -> ViolationQuery {
    var narrowed = self
    switch narrowing {
    case .duplicates(let search): narrowed.predicate = search.predicate(among: keys)
    case .columns(let columns, _): narrowed.predicate = "\(columns.isAny(of: keys)) AND \(predicate)"
    case nil: break
    }
    return narrowed
  }

  /// The same question among rows with these keys, of one table: each key is looked up in an index.
  ///
  /// Left to plan it without statistics, as after a restore, PostgreSQL would read both tables. The question as it is where
  /// the search path decides what equals a key.
  /// - Parameter keys: values of the constraint's columns, in its order, as text.
  package func looking(up keys: [[String]]) -> ViolationQuery {
    guard case .columns(let columns, _) = narrowing else { return self }
    return looking(for: columns.list(of: keys, as: "wanted")) ?? self
  }

  /// The same question among rows with the keys that stand in another table, whose rows may come more than once; `nil` where the
  /// search path decides what equals a key.
  ///
  /// - Parameter columns: of that table, in the order of the constraint's.
  package func looking(upKeysIn columns: [String], of table: ObjectName) -> ViolationQuery? {
    guard case .columns(let own, _) = narrowing else { return nil }
    let dialect = SQLDialect(engine)
    let names = columns.map(dialect.identifier).joined(separator: ", ")
    return looking(for: own.list("SELECT DISTINCT \(names) FROM \(dialect.name(table))", as: "wanted"))
  }

  private func looking(for list: String) -> ViolationQuery? {
    guard case .columns(let columns, _) = narrowing, columns.areOfOwnTypes else { return nil }
    var narrowed = self
    narrowed.predicate =
      "r.ctid = ANY (ARRAY(SELECT found.ctid FROM \(list) CROSS JOIN LATERAL "
      + "(SELECT r.ctid FROM \(from) WHERE \(columns.isKey(of: "wanted")) OFFSET 0) AS found)) AND \(predicate)"
    return narrowed
  }

  /// The same question among the rows at these places (`ctid`) of one table: others are known not to violate it.
  package func at(_ places: [String]) -> ViolationQuery {
    var narrowed = self
    let list = places.map { "\"\($0)\"" }.joined(separator: ",")
    narrowed.predicate = "r.ctid = ANY ('{\(list)}'::tid[]) AND (\(predicate))"
    return narrowed
  }

  /// A condition on `r` that is true for rows that violate any of the queries, all of one table.
  ///
  /// None of the queries is about other rows.
  package static func any(of queries: [ViolationQuery]) -> String {
    // A domain forbids NULL in what a column is made of, too.
    func isOfColumn(_ query: ViolationQuery) -> Bool {
      query.constraint.kind == .column && query.engine == .postgreSQL
    }
    let conditions = queries.filter { !isOfColumn($0) }.map { "(\($0.predicate))" }
    // One call for many columns costs the least; a function takes a hundred arguments.
    let columns = queries.filter(isOfColumn).flatMap(\.affectedColumns)
      .map { "r.\(SQLDialect.postgreSQL.identifier($0))" }
    let calls = stride(from: 0, to: columns.count, by: 100).map { start in
      "num_nulls(\(columns[start..<min(start + 100, columns.count)].joined(separator: ", "))) > 0"
    }
    return (calls + conditions).joined(separator: " OR ")
  }

  /// The query for a person who may see all columns of all violating rows, with its semicolon.
  package var listSQL: String {
    "SELECT r.*\nFROM \(from)\nWHERE \(predicate)\nORDER BY \(order);"
  }

  private static func text(_ column: String, in dialect: SQLDialect) -> String {
    let value = "r.\(dialect.identifier(column))"
    return switch dialect.engine {
    case .postgreSQL: "\(value)::text"
    // Bytes that are no text come out as digits.
    case .sqlite: "CASE typeof(\(value)) WHEN 'blob' THEN hex(\(value)) ELSE CAST(\(value) AS TEXT) END"
    }
  }
}

extension SQLDialect {
  /// The table behind `FROM`.
  ///
  /// - Parameter alone: whether tables that inherit from it are left out.
  func rows(of table: Table, alone: Bool) -> String { (alone ? "ONLY " : "") + name(table.name) }
}

extension Schema {
  /// The table behind `FROM`, without the rows of tables that inherit from it.
  func rows(of table: Table) -> String { SQLDialect(engine).rows(of: table, alone: hasHeirs(table)) }

  /// Whether other tables inherit from it without being its partitions: their rows are not bound by its keys.
  func hasHeirs(_ table: Table) -> Bool {
    engine == .postgreSQL && table.partitionKey == nil && isInherited(table.name)
  }
}
