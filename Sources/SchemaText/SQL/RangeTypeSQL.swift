import SchemaModel

/// PostgreSQL's range types as SQL.
enum RangeTypeSQL {
  /// The paragraphs of a range type.
  static func paragraphs(_ type: RangeType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(type.name)
    var lines = ["SUBTYPE = \(type.subtype)"]
    if let operatorClass = type.operatorClass { lines.append("SUBTYPE_OPCLASS = \(operatorClass)") }
    if let collation = type.collation { lines.append("COLLATION = \(collation)") }
    if let function = type.canonicalFunction { lines.append("CANONICAL = \(function)") }
    if let function = type.differenceFunction { lines.append("SUBTYPE_DIFF = \(function)") }
    lines.append("MULTIRANGE_TYPE_NAME = \(dialect.name(type.multirange))")
    let list = lines.map { "  " + $0 }.joined(separator: ",\n")
    return ["CREATE TYPE \(name) AS RANGE (\n\(list)\n);"]
      + CommentSQL.statement(on: "TYPE \(name)", type.comment)
      + RightsSQL.paragraph(type.rights, on: "TYPE \(name)", isOpen: true)
  }
}
