import SchemaModel

/// PostgreSQL's enum types and domains as SQL.
enum TypeSQL {
  /// The paragraphs of an enum type.
  static func paragraphs(_ type: EnumType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let labels = type.labels.map { "  " + dialect.literal($0) }.joined(separator: ",\n")
    let list = labels.isEmpty ? "()" : "(\n\(labels)\n)"
    let target = "TYPE \(dialect.name(type.name))"
    return ["CREATE TYPE \(dialect.name(type.name)) AS ENUM \(list);"]
      + CommentSQL.statement(on: target, type.comment)
      + RightsSQL.paragraph(type.rights, on: target, isOpen: true)
  }

  /// The paragraphs of a domain: also of each of its checks that old values need not meet.
  static func paragraphs(_ domain: DomainType) -> [String] {
    [create(domain)] + unvalidatedChecks(of: domain) + comments(on: domain)
      + RightsSQL.paragraph(
        domain.rights, on: "DOMAIN \(SQLDialect.postgreSQL.name(domain.name))", isOpen: true)
  }

  private static func create(_ domain: DomainType) -> String {
    let dialect = SQLDialect.postgreSQL
    var words = ["CREATE DOMAIN \(dialect.name(domain.name)) AS \(domain.baseType)"]
    if let collation = domain.collation { words.append("COLLATE \(dialect.collation(collation))") }
    if let expression = domain.defaultExpression { words.append("DEFAULT \(expression)") }
    if let name = domain.notNullName { words.append("CONSTRAINT \(dialect.identifier(name))") }
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
    return CommentSQL.paragraph(
      CommentSQL.statement(on: "DOMAIN \(name)", domain.comment)
        + CommentSQL.statement(on: notNullTarget(of: domain), domain.notNullComment) + onChecks)
  }

  /// The NOT NULL of a domain as `COMMENT ON` calls it.
  static func notNullTarget(of domain: DomainType) -> String {
    let dialect = SQLDialect.postgreSQL
    let constraint =
      domain.notNullName ?? InventedName.of(nil, in: domain.name.name, label: "not_null")
    return "CONSTRAINT \(dialect.identifier(constraint)) ON DOMAIN \(dialect.name(domain.name))"
  }
}
