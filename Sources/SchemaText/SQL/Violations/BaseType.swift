import SchemaModel

/// What a PostgreSQL column's type is made of.
enum BaseType {
  /// The type under all domains, without its modifier: `public.citext` for a domain over it.
  static func name(of type: String, in schema: Schema) -> String {
    var name = unmodified(type)
    var passed: Set<String> = []
    while passed.insert(name).inserted, let domain = domain(named: name, in: schema) {
      name = unmodified(domain.baseType)
    }
    return name
  }

  /// Whether the type comes with operators of its own, in a schema the search path may lack: not one of
  /// PostgreSQL's own types, an enum, or an array.
  static func isForeign(_ name: String, to schema: Schema) -> Bool {
    name.contains(".") && !name.hasSuffix("[]")
      && !schema.enums.contains { SQLDialect.postgreSQL.name($0.name) == name }
  }

  private static func domain(named name: String, in schema: Schema) -> DomainType? {
    guard name.contains(".") else { return nil }
    return schema.domains.first { SQLDialect.postgreSQL.name($0.name) == name }
  }

  /// `public.geometry` of `public.geometry(Point,4326)`; types without a schema keep theirs.
  private static func unmodified(_ type: String) -> String {
    guard type.contains("."), type.hasSuffix(")") else { return type }
    return String(type.prefix { $0 != "(" })
  }
}
