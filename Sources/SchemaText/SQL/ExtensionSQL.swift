import SchemaModel

/// PostgreSQL's extensions as SQL.
enum ExtensionSQL {
  /// One paragraph for each extension.
  ///
  /// The version is left to the server: the one it offers is seldom the one another server had.
  static func paragraphs(_ schema: Schema) -> [String] { groups(schema).flatMap(\.texts) }

  /// What makes each extension.
  static func groups(_ schema: Schema) -> [ObjectParagraphs] {
    let known = Set(schema.namespaces.map(\.name.name)).union(["public", "pg_catalog"])
    return ordered(schema.extensions).map { item in
      ObjectParagraphs(
        item.reference,
        [create(item, isSchemaKnown: known.contains(item.schema))]
          + CommentSQL.statement(
            on: "EXTENSION \(SQLDialect.postgreSQL.identifier(item.name.name))", item.comment))
    }
  }

  private static func create(_ item: InstalledExtension, isSchemaKnown: Bool) -> String {
    let dialect = SQLDialect.postgreSQL
    let name = dialect.identifier(item.name.name)
    // A schema that nothing else creates is one the extension makes for itself.
    let place = isSchemaKnown ? " WITH SCHEMA \(dialect.identifier(item.schema))" : ""
    return "CREATE EXTENSION IF NOT EXISTS \(name)\(place);"
  }

  /// What makes an object go with extensions, as one paragraph or none.
  ///
  /// - Parameter noun: the object with its kind, such as `FUNCTION public.next()`.
  static func dependencies(of noun: String, _ extensions: [String]) -> [String] {
    CommentSQL.paragraph(dependencies(of: noun, from: [], to: extensions).map { $0 + ";" })
  }

  /// What makes an object go with other extensions than it does, without closing semicolons.
  static func dependencies(of noun: String, from found: [String], to expected: [String]) -> [String] {
    let dialect = SQLDialect.postgreSQL
    return found.filter { !expected.contains($0) }.map {
      "ALTER \(noun) NO DEPENDS ON EXTENSION \(dialect.identifier($0))"
    }
      + expected.filter { !found.contains($0) }.map {
        "ALTER \(noun) DEPENDS ON EXTENSION \(dialect.identifier($0))"
      }
  }

  /// The extensions, each after those whose name is a word of its own.
  ///
  /// `plperl` comes before `hstore_plperl`, `postgis` before `postgis_topology`: the model does not hold
  /// what requires what, and in contrib and PostGIS the names say it where the alphabet does not.
  private static func ordered(_ extensions: [InstalledExtension]) -> [InstalledExtension] {
    DependencyOrder.sorted(extensions, name: \.name.name) { item in
      item.name.name.split(separator: "_").map(String.init).filter { $0 != item.name.name }
    }
  }
}
