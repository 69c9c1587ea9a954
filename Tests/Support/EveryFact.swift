import SchemaModel

/// Makes objects whose every fact differs from a new object's, by walking the facet tables.
package enum EveryFact {
  /// A facet for which ``candidates`` holds no value: add one.
  struct NoCandidate: Error { var facet: String }

  /// An object with every facet away from its default.
  package static func object<Object: SchemaObject>(
    _ type: Object.Type, named name: Object.Name
  ) throws -> Object {
    try Object.facets.reduce(Object(named: name)) { try changed($0, $1) }
  }

  /// A new object as a reader finds it who sees everything: what is not stated is held against nothing.
  package static func stated<Object: SchemaObject>(_ type: Object.Type, named name: Object.Name) -> Object {
    let object = Object(named: name)
    guard var subscription = object as? Subscription else { return object }
    subscription.connection = []
    subscription.isEnabled = false
    return subscription as? Object ?? object
  }

  /// The object with another value of one fact.
  package static func changed<Object: SchemaObject>(_ object: Object, _ facet: Facet<Object>) throws -> Object
  {
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
  package static func schema() throws -> Schema {
    var filler = Filler()
    Schema.visitLists(&filler)
    if let lack = filler.lack { throw lack }
    var schema = filler.schema
    schema.precedences = [
      Precedence(
        of: ObjectReference(kind: .view, schema.views[0].name),
        needs: [ObjectReference(kind: .view, schema.views[1].name)])
    ]
    schema.notCompared = [NotCompared(kind: "functions", count: 7, names: ["a", "b"])]
    return schema
  }

  private struct Filler: SchemaListVisitor {
    private(set) var schema = Schema(engine: .postgreSQL, serverVersion: "15.20")
    private(set) var lack: (any Error)?

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
    ) where Object.Name == ObjectName {
      schema[keyPath: list] = filled(ObjectName(schema: "app", "full"), ObjectName(schema: "app", "plain"))
    }

    mutating func visitTables() {
      schema.tables = filled(ObjectName(schema: "app", "full"), ObjectName(schema: "app", "plain"))
      for position in schema.tables.indices {
        schema.tables[position].columns = members().reversed()
        schema.tables[position].primaryKey = (members() as [KeyConstraint]).first
        schema.tables[position].uniqueConstraints = members()
        schema.tables[position].foreignKeys = members()
        schema.tables[position].checks = members()
        schema.tables[position].exclusions = members()
        schema.tables[position].indexes = members()
        schema.tables[position].policies = members()
        schema.tables[position].triggers = members()
        schema.tables[position].rules = members()
      }
    }

    mutating func visitViews() {
      schema.views = filled(ObjectName(schema: "app", "full"), ObjectName(schema: "app", "plain"))
      schema.views[0].indexes = members()
      schema.views[0].triggers = members()
      schema.views[0].rules = members()
    }

    private mutating func members<Object: SchemaObject>() -> [Object] where Object.Name == String {
      filled("full \"quoted\"\nname", "plain")
    }

    private mutating func filled<Object: SchemaObject>(_ full: Object.Name, _ plain: Object.Name) -> [Object]
    {
      do {
        return [try EveryFact.object(Object.self, named: full), Object(named: plain)]
      } catch {
        lack = error
        return [Object(named: full), Object(named: plain)]
      }
    }
  }

  private static let candidates: [FacetValue] = [
    .flag(true), .flag(false), .number(7), .text("one"), .text("ünïcode \\ \"two\"\n\u{1}\u{1F41F}"),
    .list([.text("insert"), .text("truncate")]), .text("instead of"), .text("delete"), .text("disabled"),
    .record(["check on insert": .text("disabled")]),
    .text("procedure"), .text("implicit"), .text("table"), .text("stable"), .text("safe"),
    .text("ordered-set"), .text("shareable"),
    .list([.record(["type": .text("integer"), "mode": .text("out"), "name": .text("a \"b\"")])]),
    .record([
      "state function": .text("app.s"), "inverse function": .text("app.i"), "state type": .text("integer"),
      "state size": .number(8), "initial state": .text("0"), "final function": .text("app.f"),
      "final function extra": .flag(true), "final function modifies": .text("read write"),
    ]),
    .text("cascade"), .text("full"), .text("deferrable initially deferred"),
    .list([.text("s"), .text("n")]), .list([.text("a")]),
    .list([.record(["column": .text("c"), "name": .text("n"), "expression": .text("c > 0")])]),
    .record(["parent": .list([.absent, .text("p")]), "bounds": .text("DEFAULT")]),
    .record(["table": .list([.text("s"), .text("t")]), "column": .text("c")]),
    .list([.record(["name": .text("a b"), "type": .text("text"), "collation": .text("app.c")])]),
    .list([.list([.text("s"), .text("n")])]), .text("icu"),
    .list([
      .record([
        "table": .list([.text("s"), .text("t")]), "columns": .list([.text("a")]), "filter": .text("a > 1"),
      ])
    ]),
    .record(["c": .text("a comment")]), .record(["c": .number(100)]),
    .record(["c": .list([.list([.text("s"), .text("n")])])]),
    .record(["c": .record(["d": .text("a setting")])]), .record(["c": .record(["d": .text("disabled")])]),
    .record(["c": .list([.text("n_distinct=7")])]),
    .record(["c": .record(["1": .number(100)])]),
    .list([
      .record([
        "role": .text("r"), "administrator": .flag(true), "inherits": .flag(false), "switches": .flag(false),
      ])
    ]),
    .list([
      .record([
        "to": .text("reader"), "privileges": .list([.text("SELECT")]), "grantable": .list([.text("SELECT")]),
      ])
    ]),
    .record([
      "c": .list([
        .record([
          "to": .record(["everyone": .flag(true)]), "privileges": .list([.text("SELECT")]),
          "grantable": .list([]),
        ])
      ])
    ]),
    .record([
      "type": .text("integer"), "start": .number(2), "increment": .number(3), "minimum": .number(-4),
      "maximum": .number(500), "cache": .number(6), "cycles": .flag(true),
    ]),
  ]
}
