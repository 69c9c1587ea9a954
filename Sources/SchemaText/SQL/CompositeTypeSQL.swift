import SchemaModel

/// PostgreSQL's composite types as SQL.
enum CompositeTypeSQL {
  /// The paragraphs of a composite type.
  static func paragraphs(_ type: CompositeType) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.name(type.name)
    let lines = type.attributes.map { attribute in
      let collation = attribute.collation.map { " COLLATE \(dialect.collation($0))" } ?? ""
      return "  \(dialect.identifier(attribute.name)) \(attribute.type)\(collation)"
    }
    let list = lines.isEmpty ? "()" : "(\n\(lines.joined(separator: ",\n"))\n)"
    var comments = CommentSQL.statement(on: "TYPE \(name)", type.comment)
    for attribute in type.attributes {
      comments += CommentSQL.statement(
        on: "COLUMN \(name).\(dialect.identifier(attribute.name))", type.attributeComments[attribute.name])
    }
    return ["CREATE TYPE \(name) AS \(list);"] + CommentSQL.paragraph(comments)
      + RightsSQL.paragraph(type.rights, on: "TYPE \(name)", isOpen: true)
  }
}
