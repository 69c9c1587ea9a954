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
    var gatherer = Gatherer()
    schema.visitObjects(&gatherer)
    return gatherer.values
  }

  private struct Gatherer: SchemaObjectVisitor {
    private(set) var values: [String: Set<FacetValue>] = [:]

    mutating func visit<Object: SchemaObject>(_ objects: [Object]) {
      for object in objects {
        for facet in Object.facets {
          values["\(object.kind.label): \(facet.label)", default: []].insert(facet.value(object))
        }
      }
    }
  }
}
