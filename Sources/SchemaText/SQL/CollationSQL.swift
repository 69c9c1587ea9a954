import SchemaModel

/// PostgreSQL's collations as SQL.
enum CollationSQL {
  /// The paragraphs of a collation.
  static func paragraphs(_ collation: Collation) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(collation.name)
    var clauses = ["provider = \(collation.provider.rawValue)"]
    if !collation.isDeterministic { clauses.append("deterministic = false") }
    if let locale = collation.locale { clauses.append("locale = \(dialect.literal(locale))") }
    if let collate = collation.collate { clauses.append("lc_collate = \(dialect.literal(collate))") }
    if let type = collation.characterType { clauses.append("lc_ctype = \(dialect.literal(type))") }
    if let rules = collation.rules { clauses.append("rules = \(dialect.literal(rules))") }
    return ["CREATE COLLATION \(name) (\(clauses.joined(separator: ", ")));"]
      + CommentSQL.statement(on: "COLLATION \(name)", collation.comment)
      + RightsSQL.paragraph(collation.rights, on: "COLLATION \(name)")
  }
}
