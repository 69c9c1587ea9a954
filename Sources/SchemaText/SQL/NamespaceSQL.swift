import SchemaModel

/// PostgreSQL's schemas as SQL.
enum NamespaceSQL {
  /// The schema every new database has.
  private static let standard = ObjectName("public")
  /// What `initdb` says of it.
  private static let standardComment = Comment("standard public schema")

  /// One paragraph for each schema and for each comment.
  static func paragraphs(_ schema: Schema) -> [String] {
    let dialect = SQLDialect.postgreSQL
    var paragraphs: [String] = []
    if isStandardAbsent(schema) {
      paragraphs.append("DROP SCHEMA IF EXISTS \(dialect.name(standard));")
    }
    for namespace in schema.namespaces {
      let name = dialect.name(namespace.name)
      let isStandard = namespace.name == standard
      paragraphs.append("CREATE SCHEMA \(isStandard ? "IF NOT EXISTS " : "")\(name);")
      // Setting what stands there already would only ask for the right to set it.
      if !isStandard || namespace.comment != standardComment {
        paragraphs += CommentSQL.statement(on: "SCHEMA \(name)", namespace.comment)
      }
      paragraphs += RightsSQL.paragraph(namespace.rights, on: "SCHEMA \(name)", isOpen: isStandard)
    }
    return paragraphs
  }

  /// Whether somebody removed `public`: a new database has it, so the text must remove it too.
  private static func isStandardAbsent(_ schema: Schema) -> Bool {
    let names =
      schema.collations.map(\.name) + schema.statistics.map(\.name) + schema.textSearchParsers.map(\.name)
      + schema.textSearchTemplates.map(\.name) + schema.textSearchDictionaries.map(\.name)
      + schema.textSearchConfigurations.map(\.name) + schema.shellTypes.map(\.name)
      + schema.scalarTypes.map(\.name) + schema.rangeTypes.map(\.name)
      + schema.compositeTypes.map(\.name) + schema.enums.map(\.name) + schema.domains.map(\.name)
      + schema.sequences.map(\.name)
      + schema.tables.map(\.name) + schema.views.map(\.name)
      + schema.routines.map(\.name) + schema.aggregates.map(\.name)
      + schema.operators.map(\.name) + schema.operatorFamilies.map(\.name)
      + schema.operatorClasses.map(\.name)
      + schema.conversions.map(\.name)
    return !schema.namespaces.contains { $0.name == standard }
      && !names.contains { $0.schema == standard.name }
      && !schema.extensions.contains { $0.schema == standard.name }
  }
}
