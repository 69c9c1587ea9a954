import SchemaModel

/// Comments that differ, as statements.
enum CommentChange {
  /// `COMMENT ON target IS …`, without a closing semicolon.
  static func statement(on target: String, _ comment: Comment?) -> String {
    "COMMENT ON \(target) IS \(comment.map { SQLDialect.postgreSQL.literal($0.text) } ?? "NULL")"
  }

  /// Comments on the columns of a relation, by column.
  static func columns(
    of relation: ObjectName, from found: [String: Comment], to expected: [String: Comment]
  ) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return Set(found.keys).union(expected.keys).sorted().filter { found[$0] != expected[$0] }.map { column in
      statement(on: "COLUMN \(dialect.name(relation)).\(dialect.identifier(column))", expected[column])
    }
  }
}
