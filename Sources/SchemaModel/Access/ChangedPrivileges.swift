/// What was granted or revoked on something that PostgreSQL or an extension brought, since it was brought.
///
/// From an access list and `pg_init_privs`, as pg_dump tells them apart.
package struct ChangedPrivileges: SchemaObject {
  /// Object and column in words.
  package var name: ObjectName
  /// The kind of object as `GRANT` calls it: `function`.
  package var objectType = ""
  /// The object as SQL names it.
  package var object = ""
  /// The column, when it is about a single one.
  package var column: String?
  /// What somebody may do who might not at first.
  package var granted: [Grant] = []
  /// What somebody may no longer do; what is grantable of it is revoked as far as it could be handed on.
  package var revoked: [Grant] = []

  package var kind: ObjectKind { .changedPrivileges }

  package init(named name: ObjectName) { self.name = name }

  package init(on objectType: String, _ object: String, column: String?) {
    name = ObjectName("of \(objectType) \(object)" + (column.map { " column \($0)" } ?? ""))
    self.objectType = objectType
    self.object = object
    self.column = column
  }

  package static let facets: [Facet<ChangedPrivileges>] = [
    Facet("object type", .security, \.objectType),
    Facet("object", .security, \.object),
    Facet("column", .security, \.column),
    Facet("granted", .security, \.granted),
    Facet("revoked", .security, \.revoked),
  ]
}
