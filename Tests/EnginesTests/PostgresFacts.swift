import Engines
import SchemaModel
import SchemaText

/// A schema's facts, gathered and compared for tests.
enum PostgresFacts {
  /// The schema as an ordinary reader sees it.
  static func schema(of conninfo: String) throws -> Schema {
    try connection(to: conninfo).schema()
  }

  static func connection(
    to conninfo: String, for purpose: PostgresConnection.Purpose = .reading(statementSeconds: 60)
  ) throws -> PostgresConnection {
    try PostgresConnection(try PostgresConnectionString(conninfo), for: purpose)
  }

  /// The lines of a schema's document: readable where `==` only says no.
  static func lines(_ schema: Schema) -> [String] {
    SchemaDocument.text(of: schema).split(separator: "\n").map(String.init)
  }

  /// Every label of a kind's facets with every value it takes in the schema.
  static func values(_ schema: Schema) -> [String: Set<FacetValue>] {
    var gatherer = Gatherer(schema: schema)
    Schema.visitLists(&gatherer)
    return gatherer.values
  }

  private struct Gatherer: SchemaListVisitor {
    let schema: Schema
    private(set) var values: [String: Set<FacetValue>] = [:]

    mutating func visit<Object: SchemaObject>(
      _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
    ) where Object.Name == ObjectName {
      gather(schema[keyPath: list])
    }

    mutating func visitTables() {
      gather(schema.tables)
      for table in schema.tables {
        gather(table.columns)
        gather(table.keys)
        gather(table.foreignKeys)
        gather(table.checks)
        gather(table.exclusions)
        gather(table.indexes)
        gather(table.triggers)
        gather(table.rules)
      }
    }

    mutating func visitViews() {
      gather(schema.views)
      for view in schema.views {
        gather(view.indexes)
        gather(view.triggers)
        gather(view.rules)
      }
    }

    private mutating func gather<Object: SchemaObject>(_ objects: [Object]) {
      for object in objects {
        for facet in Object.facets {
          values["\(object.kind.label): \(facet.label)", default: []].insert(facet.value(object))
        }
      }
    }
  }
}
