import SchemaModel

extension ViolationQuery {
  /// All but the first of the rows that share a primary key or unique constraint's key.
  package static func key(
    _ key: KeyConstraint, of table: Table, engine: DatabaseEngine, alone: Bool = false
  ) -> ViolationQuery {
    if key.isTemporal { return temporalKey(key, of: table, alone: alone) }
    let keys = key.columns.map { IndexKey(.column($0)) }
    return duplicates(
      of: table, kind: key.kind, name: key.name, keys: keys, nullsNotDistinct: key.nullsNotDistinct,
      condition: nil, alone, in: SQLDialect(engine))
  }

  /// All but the first of the rows that share a unique index's key, among those the index holds.
  package static func uniqueIndex(
    _ index: TableIndex, of table: Table, engine: DatabaseEngine, alone: Bool = false
  ) -> ViolationQuery {
    duplicates(
      of: table, kind: .index, name: index.name, keys: index.keys, nullsNotDistinct: index.nullsNotDistinct,
      condition: index.predicate, alone, in: SQLDialect(engine))
  }

  private static func duplicates(
    of table: Table, kind: ObjectKind, name: String, keys: [IndexKey], nullsNotDistinct: Bool,
    condition: String?, _ alone: Bool, in dialect: SQLDialect
  ) -> ViolationQuery {
    let values = keys.map { $0.value(in: dialect) }
    let complete = nullsNotDistinct ? [] : values.map { "\($0) IS NOT NULL" }
    let search = DuplicateSearch(
      of: table,
      by: KeyColumns(
        values, types: keys.map { $0.column.flatMap { table.column(named: $0)?.type } }, in: dialect),
      conditions: complete + (condition.map { [dialect.parenthesised($0)] } ?? []),
      isPlain: !nullsNotDistinct && keys.plainColumns.flatMap(table.sentAlike) != nil,
      alone, in: dialect)
    let columns = IndexKey.columns(keys, of: table, in: dialect)
    let scope = condition.map { " among the rows where \(dialect.parenthesised($0))" } ?? ""
    var query = ViolationQuery(
      of: table, kind: kind, name: name, predicate: search.predicate(among: nil),
      reason: "another row has the same \(IndexKey.words(keys))\(scope)", columns: columns, alone: alone,
      in: dialect)
    query.narrowing = .duplicates(search)
    return query
  }
}

extension IndexKey {
  /// The key's value in the table's own scope, compared by the key's collation.
  func value(in dialect: SQLDialect) -> String {
    let value =
      switch subject {
      case .column(let column): dialect.identifier(column)
      case .expression(let expression): dialect.parenthesised(expression)
      }
    return collation.map { "\(value) COLLATE \(dialect.collation($0))" } ?? value
  }

  /// The columns the keys are made of, each once.
  static func columns(_ keys: [IndexKey], of table: Table, in dialect: SQLDialect) -> [String] {
    let mentioned = keys.flatMap { key in
      switch key.subject {
      case .column(let column): [column]
      case .expression(let expression): SQLTokens(expression, in: dialect).columns(of: table)
      }
    }
    return mentioned.reduce(into: []) { columns, column in
      if !columns.contains(column) { columns.append(column) }
    }
  }

  /// The keys for people: `email`, `(organization_id, lower(email))`.
  static func words(_ keys: [IndexKey]) -> String {
    list(keys.map(\.words))
  }

  /// One thing as it is, several in parentheses.
  static func list(_ words: [String]) -> String {
    words.count == 1 ? words[0] : "(\(words.joined(separator: ", ")))"
  }

  /// The key for people: the column or the expression.
  var words: String {
    switch subject {
    case .column(let column): column
    case .expression(let expression): expression
    }
  }
}
