import SchemaModel

/// How a question about all rows is asked about those with certain keys.
enum Narrowing: Hashable, Sendable {
  /// Rows are compared with others: both must be looked for among the keys.
  case duplicates(DuplicateSearch)
  /// Each row is judged by itself and by other tables.
  ///
  /// - Parameter wide: a condition that leaves more to an index than the query's own: true for all violating rows, and perhaps
  ///   for others with a NULL in these columns.
  case columns(KeyColumns, wide: String)
}

/// What makes a key, to be compared with values that are written down.
struct KeyColumns: Hashable, Sendable {
  /// Columns or expressions, as they are written in SQL.
  let values: [String]
  private let types: [String?]
  private let dialect: SQLDialect

  /// - Parameter types: of those that are columns.
  init(_ values: [String], types: [String?], in dialect: SQLDialect) {
    self.values = values
    self.types = types
    self.dialect = dialect
  }

  /// Whether all are columns of the server's own types: others are printed with their schema.
  var areOfOwnTypes: Bool { types.allSatisfy { $0.map { !$0.contains(".") } == true } }

  /// A condition: true when they are one of the keys.
  ///
  /// - Parameter keys: the values as text.
  func isAny(of keys: [[String]]) -> String {
    // PostgreSQL looks a value up in a list by hashing as it reads the table; to join it to the list takes twice as long.
    if dialect.engine == .postgreSQL, let value = values.first, values.count == 1, let type = types[0] {
      let literals = keys.compactMap(\.first).map(dialect.literal)
      return "\(value) = ANY (ARRAY[\(literals.joined(separator: ", "))]::\(type)[])"
    }
    return "(\(values.joined(separator: ", "))) IN (\(rows(of: keys)))"
  }

  /// The keys as a table of columns `key1`, `key2` and so on.
  func list(of keys: [[String]], as name: String) -> String { list(rows(of: keys), as: name) }

  /// The rows of a query as such a table.
  func list(_ query: String, as name: String) -> String {
    "(\(query)) AS \(name) (\(values.indices.map { "key\($0 + 1)" }.joined(separator: ", ")))"
  }

  /// A condition: true when they are the key of a row of such a table.
  func isKey(of name: String) -> String {
    values.enumerated().map { "\($1) = \(name).key\($0 + 1)" }.joined(separator: " AND ")
  }

  private func rows(of keys: [[String]]) -> String {
    let rows = keys.map { key in
      let literals = zip(key, types).map { value, type in
        dialect.literal(value) + (type.map { "::\($0)" } ?? "")
      }
      return "(\(literals.joined(separator: ", ")))"
    }
    return "VALUES " + rows.joined(separator: ", ")
  }
}
