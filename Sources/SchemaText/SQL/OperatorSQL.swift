import SchemaModel

/// Operators, operator families and operator classes as SQL.
enum OperatorSQL {
  /// The paragraphs of an operator.
  static func paragraphs(_ found: OperatorSymbol) -> [String] {
    let name = name(of: found)
    var parts = ["FUNCTION = \(found.function)"]
    if let left = found.leftType { parts.append("LEFTARG = \(left)") }
    parts.append("RIGHTARG = \(found.rightType)")
    if let commutator = found.commutator { parts.append("COMMUTATOR = \(commutator)") }
    if let negator = found.negator { parts.append("NEGATOR = \(negator)") }
    if let estimator = found.restrictionEstimator { parts.append("RESTRICT = \(estimator)") }
    if let estimator = found.joinEstimator { parts.append("JOIN = \(estimator)") }
    if found.hashes { parts.append("HASHES") }
    if found.merges { parts.append("MERGES") }
    let target = target(of: found)
    return ["CREATE OPERATOR \(name) (\n\(parts.map { "  " + $0 }.joined(separator: ",\n"))\n);"]
      + CommentSQL.statement(on: target, found.comment) + RightsSQL.paragraph(found.rights, on: target)
  }

  /// The paragraphs of an operator family, without what belongs to no class of it.
  static func paragraphs(_ family: OperatorFamily) -> [String] {
    let target = target(of: family)
    return ["CREATE \(target);"] + CommentSQL.statement(on: target, family.comment)
      + RightsSQL.paragraph(family.rights, on: target)
  }

  /// What belongs to a family and to no class of it.
  static func members(of family: OperatorFamily) -> [String] {
    guard !family.members.isEmpty else { return [] }
    return ["ALTER \(target(of: family)) ADD\n\(list(family.members));"]
  }

  /// The paragraphs of an operator class.
  static func paragraphs(_ found: OperatorClass) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(ObjectName(schema: found.name.schema, found.baseName))
    let method = dialect.identifier(found.method)
    let storage = found.storageType.map { ["STORAGE \($0)"] } ?? []
    // A class must have something in it: without anything else, the type that it stores anyway.
    let parts = found.members + storage
    let create = """
      CREATE OPERATOR CLASS \(name)
        \(found.isDefault ? "DEFAULT " : "")FOR TYPE \(found.type) USING \(method) FAMILY \(found.family) AS
      \(list(parts.isEmpty ? ["STORAGE \(found.type)"] : parts));
      """
    let target = target(of: found)
    return [create] + CommentSQL.statement(on: target, found.comment)
      + RightsSQL.paragraph(found.rights, on: target)
  }

  private static func name(of found: OperatorSymbol) -> String {
    found.name.schema.map { SQLDialect.postgreSQL.identifier($0) + "." + found.symbol } ?? found.symbol
  }

  static func target(of found: OperatorSymbol) -> String {
    "OPERATOR \(name(of: found)) (\(found.leftType ?? "NONE"), \(found.rightType))"
  }

  static func target(of found: OperatorClass) -> String {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(ObjectName(schema: found.name.schema, found.baseName))
    return "OPERATOR CLASS \(name) USING \(dialect.identifier(found.method))"
  }

  static func target(of family: OperatorFamily) -> String {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(ObjectName(schema: family.name.schema, family.baseName))
    return "OPERATOR FAMILY \(name) USING \(dialect.identifier(family.method))"
  }

  private static func list(_ parts: [String]) -> String { parts.map { "  " + $0 }.joined(separator: ",\n") }
}
