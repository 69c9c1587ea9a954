import SchemaModel

/// PostgreSQL's enum types and domains as SQL.
enum TypeSQL {
  /// One paragraph for each enum type and for each comment.
  static func paragraphs(_ enums: [EnumType]) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return enums.flatMap { type in
      let labels = type.labels.map { "  " + dialect.literal($0) }.joined(separator: ",\n")
      let list = labels.isEmpty ? "()" : "(\n\(labels)\n)"
      return ["CREATE TYPE \(dialect.name(type.name)) AS ENUM \(list);"]
        + CommentSQL.statement(on: "TYPE \(dialect.name(type.name))", type.comment)
    }
  }

  /// One paragraph for each domain, for each of its checks that old values need not meet, and for its comments.
  static func paragraphs(_ domains: [DomainType]) -> [String] {
    ordered(domains).flatMap { [create($0)] + unvalidatedChecks(of: $0) + comments(on: $0) }
  }

  private static func create(_ domain: DomainType) -> String {
    let dialect = SQLDialect.postgreSQL
    var words = ["CREATE DOMAIN \(dialect.name(domain.name)) AS \(domain.baseType)"]
    if let collation = domain.collation { words.append("COLLATE \(dialect.collation(collation))") }
    if let expression = domain.defaultExpression { words.append("DEFAULT \(expression)") }
    if domain.isNotNull { words.append("NOT NULL") }
    let checks = domain.checks.filter(\.isValidated).map { "\n  " + ConstraintSQL.clause($0, in: dialect) }
    return words.joined(separator: " ") + checks.joined() + ";"
  }

  private static func unvalidatedChecks(of domain: DomainType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return domain.checks.filter { !$0.isValidated }.map { check in
      "ALTER DOMAIN \(dialect.name(domain.name))\n  ADD \(ConstraintSQL.clause(check, in: dialect)) NOT VALID;"
    }
  }

  private static func comments(on domain: DomainType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(domain.name)
    let onChecks = domain.checks.flatMap { check in
      CommentSQL.statement(
        on: "CONSTRAINT \(dialect.identifier(check.name)) ON DOMAIN \(name)", check.comment)
    }
    return CommentSQL.paragraph(CommentSQL.statement(on: "DOMAIN \(name)", domain.comment) + onChecks)
  }

  /// The domains, each after the one it is laid over.
  private static func ordered(_ domains: [DomainType]) -> [DomainType] {
    let dialect = SQLDialect.postgreSQL
    return DependencyOrder.sorted(domains, name: { dialect.name($0.name) }) { domain in
      [domain.baseType.hasSuffix("[]") ? String(domain.baseType.dropLast(2)) : domain.baseType]
    }
  }
}
