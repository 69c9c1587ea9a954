import SchemaModel

/// What a PostgreSQL column's type is made of.
package enum BaseType {
  /// The type under all domains, without its modifier: `public.citext` for a domain over it.
  package static func name(of type: String, in schema: Schema) -> String {
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

  /// Whether a domain forbids NULL in it.
  static func forbidsNull(_ type: String, in schema: Schema) -> Bool {
    domains(of: type, in: schema).contains(where: \.isNotNull)
  }

  /// The domains a type is made of, the outermost first; empty when it is none.
  static func domains(of type: String, in schema: Schema) -> [DomainType] {
    var found: [DomainType] = []
    var name = type
    while let domain = domain(named: unmodified(name), in: schema), !found.contains(domain) {
      found.append(domain)
      name = domain.baseType
    }
    return found
  }

  /// The type without its domains, under which every value stays what it is.
  ///
  /// A composite type with domains inside has none, so its values are kept as text.
  static func withoutDomains(_ type: String, in schema: Schema) -> String {
    if type.hasSuffix("[]") {
      let element = withoutDomains(String(type.dropLast(2)), in: schema)
      return element == "text" && !type.hasPrefix("text")
        && composite(named: String(type.dropLast(2)), in: schema) != nil
        ? "text" : element + "[]"
    }
    if let innermost = domains(of: type, in: schema).last {
      return withoutDomains(innermost.baseType, in: schema)
    }
    guard let composite = composite(named: type, in: schema) else { return type }
    return composite.attributes.allSatisfy { withoutDomains($0.type, in: schema) == $0.type } ? type : "text"
  }

  /// The composite type of that name.
  static func composite(named name: String, in schema: Schema) -> CompositeType? {
    guard name.contains(".") else { return nil }
    return schema.compositeTypes.first { SQLDialect.postgreSQL.name($0.name) == name }
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
