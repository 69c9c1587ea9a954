import SchemaModel
import Testing

/// Makes objects whose every fact differs from a new object's, by walking the facet tables.
enum EveryFact {
  /// A facet for which ``candidates`` holds no value: add one.
  struct NoCandidate: Error { var facet: String }

  /// An object with every facet away from its default.
  static func object<Object: SchemaObject>(_ type: Object.Type, named name: Object.Name) throws -> Object {
    try Object.facets.reduce(Object(named: name)) { try changed($0, $1) }
  }

  /// The object with another value of one fact.
  static func changed<Object: SchemaObject>(_ object: Object, _ facet: Facet<Object>) throws -> Object {
    for candidate in candidates {
      var copy = object
      guard (try? facet.set(&copy, candidate)) != nil, facet.value(copy) != facet.value(object) else {
        continue
      }
      return copy
    }
    throw NoCandidate(facet: "\(Object.self).\(facet.label)")
  }

  /// A schema with one plain and one full object of every kind, and full members in both tables.
  static func schema() throws -> Schema {
    var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    schema.namespaces = try both(Namespace.self)
    schema.extensions = try both(InstalledExtension.self)
    schema.enums = try both(EnumType.self)
    schema.domains = try both(DomainType.self)
    schema.sequences = try both(SequenceGenerator.self)
    schema.tables = try both(Table.self)
    for position in schema.tables.indices {
      schema.tables[position].columns = try members(Column.self).reversed()
      schema.tables[position].primaryKey = try object(KeyConstraint.self, named: "key")
      schema.tables[position].uniqueConstraints = try members(KeyConstraint.self)
      schema.tables[position].foreignKeys = try members(ForeignKey.self)
      schema.tables[position].checks = try members(CheckConstraint.self)
      schema.tables[position].exclusions = try members(ExclusionConstraint.self)
      schema.tables[position].indexes = try members(TableIndex.self)
    }
    schema.views = try both(View.self)
    schema.views[0].indexes = try members(TableIndex.self)
    schema.views[0].dependencies = [schema.views[1].name]
    schema.notCompared = [NotCompared(kind: "functions", count: 7, names: ["a", "b"])]
    return schema
  }

  private static func both<Object: SchemaObject>(
    _ type: Object.Type
  ) throws -> [Object] where Object.Name == ObjectName {
    [
      try object(type, named: ObjectName(schema: "app", "full")),
      Object(named: ObjectName(schema: "app", "plain")),
    ]
  }

  private static func members<Object: SchemaObject>(
    _ type: Object.Type
  ) throws -> [Object] where Object.Name == String {
    [try object(type, named: "full \"quoted\"\nname"), Object(named: "plain")]
  }

  private static let candidates: [FacetValue] = [
    .flag(true), .flag(false), .number(7), .text("one"), .text("ünïcode \\ \"two\"\n\u{1}\u{1F41F}"),
    .text("cascade"), .text("full"), .text("deferrable initially deferred"),
    .list([.text("s"), .text("n")]), .list([.text("a")]),
    .list([.record(["column": .text("c"), "name": .text("n"), "expression": .text("c > 0")])]),
    .record(["parent": .list([.absent, .text("p")]), "bounds": .text("DEFAULT")]),
    .record(["table": .list([.text("s"), .text("t")]), "column": .text("c")]),
    .record(["c": .text("a comment")]),
    .record([
      "type": .text("integer"), "start": .number(2), "increment": .number(3), "minimum": .number(-4),
      "maximum": .number(500), "cache": .number(6), "cycles": .flag(true),
    ]),
  ]
}
