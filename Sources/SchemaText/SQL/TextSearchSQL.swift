import SchemaModel

/// PostgreSQL's text search objects as SQL.
enum TextSearchSQL {
  /// The paragraphs of a parser.
  static func paragraphs(_ parser: TextSearchParser) -> [String] {
    var clauses = [
      "START = \(parser.start)", "GETTOKEN = \(parser.token)", "END = \(parser.end)",
      "LEXTYPES = \(parser.tokenTypes)",
    ]
    if let headline = parser.headline { clauses.append("HEADLINE = \(headline)") }
    return create("PARSER", parser.name, clauses) + comment("PARSER", parser.name, parser.comment)
  }

  /// The paragraphs of a template.
  static func paragraphs(_ template: TextSearchTemplate) -> [String] {
    let clauses = (template.initialization.map { ["INIT = \($0)"] } ?? []) + ["LEXIZE = \(template.lexize)"]
    return create("TEMPLATE", template.name, clauses) + comment("TEMPLATE", template.name, template.comment)
  }

  /// The paragraphs of a dictionary.
  static func paragraphs(_ dictionary: TextSearchDictionary) -> [String] {
    let template = SQLDialect.postgreSQL.name(dictionary.template)
    let clauses = ["TEMPLATE = \(template)"] + (dictionary.options.map { [$0] } ?? [])
    return create("DICTIONARY", dictionary.name, clauses)
      + comment("DICTIONARY", dictionary.name, dictionary.comment)
      + rights("DICTIONARY", dictionary.name, dictionary.rights)
  }

  /// The paragraphs of a configuration.
  static func paragraphs(_ configuration: TextSearchConfiguration) -> [String] {
    let dialect = SQLDialect.postgreSQL
    let mappings = configuration.mappings.sorted { $0.key < $1.key }.map { token, dictionaries in
      let names = dictionaries.map(dialect.name).joined(separator: ", ")
      return """
        ALTER TEXT SEARCH CONFIGURATION \(dialect.name(configuration.name)) \
        ADD MAPPING FOR \(dialect.identifier(token)) WITH \(names);
        """
    }
    return create(
      "CONFIGURATION", configuration.name, ["PARSER = \(dialect.name(configuration.parser))"])
      + CommentSQL.paragraph(mappings)
      + comment("CONFIGURATION", configuration.name, configuration.comment)
      + rights("CONFIGURATION", configuration.name, configuration.rights)
  }

  private static func create(_ kind: String, _ name: ObjectName, _ clauses: [String]) -> [String] {
    let list = clauses.map { "  " + $0 }.joined(separator: ",\n")
    return ["CREATE TEXT SEARCH \(kind) \(SQLDialect.postgreSQL.name(name)) (\n\(list)\n);"]
  }

  private static func comment(_ kind: String, _ name: ObjectName, _ comment: Comment?) -> [String] {
    CommentSQL.statement(on: "TEXT SEARCH \(kind) \(SQLDialect.postgreSQL.name(name))", comment)
  }

  private static func rights(_ kind: String, _ name: ObjectName, _ rights: AccessRights) -> [String] {
    RightsSQL.paragraph(rights, on: "TEXT SEARCH \(kind) \(SQLDialect.postgreSQL.name(name))")
  }
}
