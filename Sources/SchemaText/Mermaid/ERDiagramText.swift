import SchemaModel

/// What one or more Mermaid `erDiagram`s say, as they say it; several are read as one.
package struct ERDiagramText: Hashable, Sendable {
  /// A box of the diagram.
  package struct Entity: Hashable, Sendable {
    /// By which lines refer to it.
    package var name: String
    /// What is written into the box instead.
    package var alias: String?
    package var attributes: [Attribute] = []
    /// Where it stands first.
    package var position: TextPosition
  }

  /// A line of a box.
  package struct Attribute: Hashable, Sendable {
    /// As written: `varchar(80)`, `numeric(10_2)`, `timestamptz`.
    package var type: String
    package var name: String
    package var marks: Set<Diagram.Mark> = []
    package var comment: String?
    /// Whether a `?` stands behind the type.
    package var isOptional = false
    package var position: TextPosition
  }

  /// A line between two boxes.
  package struct Relation: Hashable, Sendable {
    package var first: String
    package var second: String
    package var atFirst: DrawnRelation.Cardinality
    package var atSecond: DrawnRelation.Cardinality
    package var isIdentifying: Bool
    package var role: String
    package var position: TextPosition

    /// All but where it stands.
    var meaning: Relation {
      var relation = self
      relation.position = TextPosition(line: 0, column: 0)
      return relation
    }
  }

  /// In the order in which they are first named.
  package private(set) var entities: [Entity] = []
  /// Where each entity stands in the list.
  private var places: [String: Int] = [:]
  package var relations: [Relation] = []
  /// From `title`, `accTitle` or the front matter; the last one counts.
  package var title: String?
  package var description: String?
  /// How many diagrams were read.
  package var diagramCount = 0

  package init() {}

  /// The entity of that name, made if there is none yet.
  mutating func entity(_ name: String, at position: TextPosition, _ change: (inout Entity) -> Void) {
    if let index = places[name] {
      change(&entities[index])
    } else {
      var entity = Entity(name: name, position: position)
      change(&entity)
      places[name] = entities.count
      entities.append(entity)
    }
  }
}
