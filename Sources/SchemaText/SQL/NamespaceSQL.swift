import SchemaModel

/// PostgreSQL's schemas as SQL.
enum NamespaceSQL {
  /// The schema every new database has.
  private static let standard = ObjectName("public")
  /// What `initdb` says of it.
  private static let standardComment = Comment("standard public schema")

  /// One paragraph for each schema and for each comment.
  static func paragraphs(_ schema: Schema) -> [String] {
    let absence =
      isStandardAbsent(schema) ? ["DROP SCHEMA IF EXISTS \(SQLDialect.postgreSQL.name(standard));"] : []
    return absence + groups(schema).flatMap(\.texts)
  }

  /// What makes each schema.
  static func groups(_ schema: Schema) -> [ObjectParagraphs] {
    let dialect = SQLDialect.postgreSQL
    return schema.namespaces.map { namespace in
      let name = dialect.name(namespace.name)
      let isStandard = namespace.name == standard
      var paragraphs = ["CREATE SCHEMA \(isStandard ? "IF NOT EXISTS " : "")\(name);"]
      // Setting what stands there already would only ask for the right to set it.
      if !isStandard || namespace.comment != standardComment {
        paragraphs += CommentSQL.statement(on: "SCHEMA \(name)", namespace.comment)
      }
      paragraphs += RightsSQL.paragraph(namespace.rights, on: "SCHEMA \(name)", isOpen: isStandard)
      return ObjectParagraphs(namespace.reference, paragraphs)
    }
  }

  /// Whether it is the schema every new database has.
  static func isStandard(_ namespace: Namespace) -> Bool { namespace.name == standard }

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
