import SchemaModel

/// A line of a drawing, and what production keeps of it.
struct DrawnLine: Hashable {
  /// In what the line and production are at odds.
  enum Finding: Hashable {
    /// Drawn many to many, kept in that table, which the drawing lacks.
    case joinTable(ObjectName)
    /// Drawn many to many, and neither a table nor a key keeps it.
    case noJoinTable
    /// Every row has a parent in the drawing, and the key's columns may be NULL, or the other way round.
    case parent(columns: [String], isDrawnRequired: Bool)
    /// Drawn with many rows at the end of the parent, where a key allows one.
    case manyParents(columns: [String])
    /// A parent has at most one row in the drawing and any number in production, or the other way round.
    case children(columns: [String], isDrawnOne: Bool)
  }

  var relation: DrawnRelation
  /// The table that refers, and the one referred to; of a line drawn many to many its two ends.
  var child: ObjectName
  var parent: ObjectName
  /// What the line is called by: the foreign key, or the label of the line.
  var name: String
  /// Empty when production keeps the line as it is drawn, or has no key for it at all.
  var findings: [Finding] = []
  /// What no fact of an object tells.
  var differences: [SchemaDifference] = []

  /// The key that stands for the line.
  var object: ObjectReference { ObjectReference(kind: .foreignKey, child, member: name) }

  /// The line in words: `users to tasks (assigned to)`.
  var words: String {
    let label = relation.label.isEmpty ? "" : " (\(relation.label))"
    return "\(relation.first) to \(relation.second)\(label)"
  }

  /// The fact of a line's end at the parent.
  static let parentFact = "parents"
  /// The fact of a line's end at the child.
  static let childrenFact = "children"
}
