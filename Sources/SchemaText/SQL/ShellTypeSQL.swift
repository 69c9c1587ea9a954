import SchemaModel

/// PostgreSQL's shell types as SQL.
enum ShellTypeSQL {
  /// The paragraphs of a shell type that stays one.
  static func paragraphs(_ type: ShellType) -> [String] {
    let target = "TYPE \(SQLDialect.postgreSQL.name(type.name))"
    return [announcement(of: type.name)] + CommentSQL.statement(on: target, type.comment)
      + RightsSQL.paragraph(type.rights, on: target)
  }

  /// What announces the types whose own functions must exist before they do, one paragraph each.
  static func announcements(_ schema: Schema) -> [ObjectParagraphs] {
    schema.scalarTypes.map { ObjectParagraphs(of: $0.reference, [announcement(of: $0.name)]) }
      + schema.rangeTypes.filter { $0.canonicalFunction != nil }.map {
        ObjectParagraphs(of: $0.reference, [announcement(of: $0.name)])
      }
  }

  private static func announcement(of name: ObjectName) -> String {
    "CREATE TYPE \(SQLDialect.postgreSQL.name(name));"
  }
}
