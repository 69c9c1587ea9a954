import SchemaModel

/// PostgreSQL's base types as SQL.
enum ScalarTypeSQL {
  /// The paragraphs of a base type, which ``ShellTypeSQL/announcements(_:)`` has announced.
  static func paragraphs(_ type: ScalarType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(type.name)
    let list = clauses(of: type).map { "  \($0) = \($1)" }.joined(separator: ",\n")
    return ["CREATE TYPE \(name) (\n\(list)\n);"]
      + CommentSQL.statement(on: "TYPE \(name)", type.comment)
      + RightsSQL.paragraph(type.rights, on: "TYPE \(name)", isOpen: true)
  }

  private static func clauses(of type: ScalarType) -> [(String, String)] {
    let dialect = SQLDialect.postgreSQL
    let plain = ScalarType(named: type.name)
    var clauses = [("INPUT", type.input), ("OUTPUT", type.output)]
    let functions = [
      ("RECEIVE", type.receive), ("SEND", type.send), ("TYPMOD_IN", type.modifierInput),
      ("TYPMOD_OUT", type.modifierOutput), ("ANALYZE", type.analyze), ("SUBSCRIPT", type.subscripting),
    ]
    for (word, function) in functions {
      if let function { clauses.append((word, function)) }
    }
    clauses.append(("INTERNALLENGTH", length(type.length)))
    clauses.append(("ALIGNMENT", type.alignment))
    clauses.append(("STORAGE", type.storage))
    if type.isPassedByValue { clauses.append(("PASSEDBYVALUE", "true")) }
    if type.category != plain.category { clauses.append(("CATEGORY", dialect.literal(type.category))) }
    if type.isPreferred { clauses.append(("PREFERRED", "true")) }
    if let value = type.defaultValue { clauses.append(("DEFAULT", dialect.literal(value))) }
    if let element = type.element { clauses.append(("ELEMENT", element)) }
    if type.delimiter != plain.delimiter { clauses.append(("DELIMITER", dialect.literal(type.delimiter))) }
    if type.isCollatable { clauses.append(("COLLATABLE", "true")) }
    return clauses
  }

  private static func length(_ bytes: Int) -> String {
    switch bytes {
    case -1: "VARIABLE"
    // A length CREATE TYPE knows no word for: that of a text that ends with a zero byte.
    case -2: "-2"
    case let bytes: String(bytes)
    }
  }
}
