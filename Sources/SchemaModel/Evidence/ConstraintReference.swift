/// A constraint of a table, by name, with what people need to recognise it.
package struct ConstraintReference: Hashable, Sendable, Codable {
  package var kind: ObjectKind
  package var table: ObjectName
  package var name: String

  package init(kind: ObjectKind, table: ObjectName, name: String) {
    self.kind = kind
    self.table = table
    self.name = name
  }
}
