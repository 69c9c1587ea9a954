import SchemaModel

/// Indexes as SQL.
package enum IndexSQL {
  /// `CREATE INDEX` without a closing semicolon.
  ///
  /// - Parameters:
  ///   - table: the table's or materialized view's name.
  ///   - isOnly: whether the partitions of the table get none.
  package static func create(
    _ index: TableIndex, on table: ObjectName, in dialect: SQLDialect, isOnly: Bool = false
  ) -> String {
    let keys = index.keys.map { key($0, in: dialect) }.joined(separator: ", ")
    var words = ["CREATE \(index.isUnique ? "UNIQUE INDEX" : "INDEX") \(dialect.identifier(index.name))"]
    words.append("ON \(isOnly ? "ONLY " : "")\(dialect.name(table))")
    switch dialect.engine {
    case .postgreSQL:
      if index.method != "btree" { words.append("USING \(dialect.identifier(index.method))") }
      words.append("(\(keys))")
      if !index.includedColumns.isEmpty {
        words.append("INCLUDE (\(dialect.identifiers(index.includedColumns)))")
      }
      if index.nullsNotDistinct { words.append("NULLS NOT DISTINCT") }
      words += OptionSQL.with(index.options)
      if let tablespace = index.tablespace { words.append("TABLESPACE \(dialect.identifier(tablespace))") }
    case .sqlite: words.append("(\(keys))")
    }
    return words.joined(separator: " ")
      + (index.predicate.map { "\n  WHERE \(condition($0, in: dialect))" } ?? "")
  }

  /// A partial index's condition; SQLite keeps it as it was written, parentheses and all.
  private static func condition(_ predicate: String, in dialect: SQLDialect) -> String {
    switch dialect.engine {
    case .postgreSQL: dialect.parenthesised(predicate)
    case .sqlite: dialect.closed(predicate)
    }
  }

  /// A PostgreSQL index as paragraphs: the statement, then its comment.
  ///
  /// - Parameter isPartitioned: whether the table is; its index is not valid as long as a partition has none.
  static func paragraphs(
    _ indexes: [TableIndex], on table: ObjectName, isPartitioned: Bool = false
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return indexes.flatMap { index in
      // No statement makes any other index that is not valid, so the text makes a good one and says so.
      let note =
        index.isValid || isPartitioned
        ? "" : "-- not valid where this was read: its concurrent build failed\n"
      let name = dialect.name(ObjectName(schema: table.schema, index.name))
      let isOnly = isPartitioned && !index.isValid
      return [note + create(index, on: table, in: dialect, isOnly: isOnly) + ";"]
        + CommentSQL.paragraph(
          index.statisticsTargets.sorted { $0.key < $1.key }.map { place, target in
            "ALTER INDEX \(name) ALTER COLUMN \(place) SET STATISTICS \(target);"
          })
        + ExtensionSQL.dependencies(of: "INDEX \(name)", index.extensions)
        + CommentSQL.statement(on: "INDEX \(name)", index.comment)
    }
  }

  /// One key of an index or of an exclusion constraint.
  static func key(_ key: IndexKey, in dialect: SQLDialect) -> String {
    var words: [String]
    switch (key.subject, dialect.engine) {
    case (.column(let column), _): words = [dialect.identifier(column)]
    case (.expression(let expression), .postgreSQL): words = [dialect.parenthesised(expression)]
    case (.expression(let expression), .sqlite):
      // SQLite keeps parentheses as written, so they come only where a collation needs them.
      words = [key.collation == nil ? dialect.closed(expression) : dialect.parenthesised(expression)]
    }
    if let collation = key.collation { words.append("COLLATE \(dialect.collation(collation))") }
    if let operatorClass = key.operatorClass { words.append(operatorClass) }
    if !key.operatorClassOptions.isEmpty { words.append("(\(OptionSQL.list(key.operatorClassOptions)))") }
    if key.isDescending { words.append("DESC") }
    switch dialect.engine {
    case .postgreSQL:
      if key.nullsFirst != key.isDescending { words.append(key.nullsFirst ? "NULLS FIRST" : "NULLS LAST") }
    case .sqlite: break
    }
    return words.joined(separator: " ")
  }
}
