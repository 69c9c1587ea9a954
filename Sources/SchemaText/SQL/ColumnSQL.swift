import SchemaModel

/// A column as a line of `CREATE TABLE`.
enum ColumnSQL {
  /// The definition without indentation and comma.
  ///
  /// - Parameters:
  ///   - nameWidth: how many characters the name is filled up to.
  ///   - clause: a constraint that must stand right behind the type.
  static func definition(
    _ column: Column, nameWidth: Int, clause: String? = nil, in dialect: SQLDialect
  ) -> String {
    let name = dialect.identifier(column.name)
    let rest = words(column, clause, in: dialect)
    guard !rest.isEmpty else { return name }
    return name + String(repeating: " ", count: max(0, nameWidth - name.count)) + " "
      + rest.joined(separator: " ")
  }

  private static func words(_ column: Column, _ clause: String?, in dialect: SQLDialect) -> [String] {
    var words = column.type.isEmpty ? [] : [column.type]
    if let clause { words.append(clause) }
    words += ForeignSQL.options(column.foreignOptions)
    if let collation = column.collation { words.append("COLLATE \(dialect.collation(collation))") }
    if column.isNotNull && column.notNull.isValidated { words.append(notNull(column, in: dialect)) }
    switch column.value {
    case .none: break
    case .default(let expression): words.append("DEFAULT \(defaultValue(expression, in: dialect))")
    case .identity(let isAlways, let options):
      let name = column.sequence.name.map { ["SEQUENCE NAME \(dialect.identifier($0))"] } ?? []
      let clauses = name + SequenceSQL.unusual(options)
      words.append("GENERATED \(isAlways ? "ALWAYS" : "BY DEFAULT") AS IDENTITY")
      if !clauses.isEmpty { words.append("(\(clauses.joined(separator: " ")))") }
    case .generated(let expression, let isStored):
      words.append("GENERATED ALWAYS AS \(dialect.parenthesised(expression))")
      words.append(isStored ? "STORED" : "VIRTUAL")
    }
    return words
  }

  private static func notNull(_ column: Column, in dialect: SQLDialect) -> String {
    (column.notNull.name.map { "CONSTRAINT \(dialect.identifier($0)) " } ?? "") + "NOT NULL"
      + (column.notNull.isNotInherited ? " NO INHERIT" : "")
      + (column.notNull.conflictAction.map { " ON CONFLICT \($0)" } ?? "")
  }

  /// A default as its engine takes it: SQLite holds expressions without the parentheses they need, while
  /// a word such as `CURRENT_TIMESTAMP`, `true` or a bare name (a text, there) must stand without any.
  private static func defaultValue(_ expression: String, in dialect: SQLDialect) -> String {
    switch dialect.engine {
    case .postgreSQL: expression
    case .sqlite: isSingleValue(expression) ? expression : dialect.parenthesised(expression)
    }
  }

  private static func isSingleValue(_ expression: String) -> Bool {
    let tokens = SQLTokens(expression, in: .sqlite).tokens
    let isHexadecimal = tokens.first == .word("x") || tokens.first == .word("X")
    if tokens.count == 2, isHexadecimal, tokens[1] == .text { return true }
    let signs: [SQLTokens.Token] = [.symbol(UInt8(ascii: "-")), .symbol(UInt8(ascii: "+"))]
    let unsigned = tokens.first.map(signs.contains) == true ? Array(tokens.dropFirst()) : tokens
    return unsigned.count == 1 && !signs.contains(unsigned[0])
  }
}
