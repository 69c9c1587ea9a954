/// As whom a role appears on a foreign server.
///
/// Of its options only the names are kept: the values are passwords, and are never read into a document.
package struct UserMapping: SchemaObject {
  /// The server in place of a schema, then the role; `public` stands for everybody who has none of his own.
  package var name: ObjectName
  /// Sorted; none where the reader may not see them.
  package var optionNames: [String] = []

  package var kind: ObjectKind { .userMapping }

  package init(named name: ObjectName) { self.name = name }

  /// The server.
  package var server: String { name.schema ?? "" }
  /// The role, or `public`.
  package var role: String { name.name }

  package static let facets: [Facet<UserMapping>] = [
    Facet("option names", .breaksApplication, \.optionNames)
  ]
}
