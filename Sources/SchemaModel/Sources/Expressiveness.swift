/// How much the source of a schema can say: a comparison looks at nothing else.
package enum Expressiveness: Hashable, Sendable {
  /// A database, SQL text, or a document of ours.
  case everything
  /// DBML: tables, columns, keys, relations, checks, indexes and enums, and little about each.
  ///
  /// The relations are those it draws without saying which columns keep them: many to many.
  case tables([DrawnRelation])
  /// A picture: entities, attributes with loose types, marks for keys, lines with their cardinality.
  case diagram(Diagram)
}

/// What an entity relationship diagram says beside tables and columns.
package struct Diagram: Hashable, Sendable {
  /// A kind of mark at an attribute.
  package enum Mark: String, CaseIterable, Hashable, Sendable {
    case primaryKey = "PK"
    case foreignKey = "FK"
    case unique = "UK"
  }

  /// All lines, in the order of the text.
  package var relations: [DrawnRelation] = []
  /// The marks it uses at all; a kind that it uses nowhere is not stated of any column.
  package var marks: Set<Mark> = []
  /// The columns that carry the mark FK.
  package var foreignColumns: Set<ColumnReference> = []
  /// The columns it calls optional or required in words; it says nothing of the others.
  package var statedNullability: Set<ColumnReference> = []
  /// What is written into an entity's box instead of its name.
  package var aliases: [ObjectName: String] = [:]
  /// Whether every column it draws carries a mark: then it draws the columns of keys only.
  package var drawsOnlyKeys = false

  package init() {}
}

/// A line between two entities.
package struct DrawnRelation: Hashable, Sendable {
  /// How many rows of one end a row of the other may meet.
  package enum Cardinality: String, CaseIterable, Hashable, Sendable {
    case zeroOrOne = "zero or one"
    case exactlyOne = "exactly one"
    case zeroOrMore = "zero or more"
    case oneOrMore = "one or more"

    /// Whether more than one row may stand at the end.
    package var isMany: Bool { self == .zeroOrMore || self == .oneOrMore }
  }

  package var first: ObjectName
  package var second: ObjectName
  /// How many rows of the first entity a row of the second meets.
  package var atFirst: Cardinality
  /// How many rows of the second entity a row of the first meets.
  package var atSecond: Cardinality
  /// The text on the line; empty when there is none.
  package var label: String
  /// The line of the text it stands on, from 1.
  package var line: Int

  package init(
    _ first: ObjectName, _ atFirst: Cardinality, _ atSecond: Cardinality, _ second: ObjectName,
    label: String = "", line: Int = 0
  ) {
    self.first = first
    self.second = second
    self.atFirst = atFirst
    self.atSecond = atSecond
    self.label = label
    self.line = line
  }
}
