/// As whom a role appears on a foreign server.
///
/// Of its options the values are mostly passwords: but for the name by which it appears there they are not kept.
package struct UserMapping: SchemaObject {
  /// The server in place of a schema, then the role; `public` stands for everybody who has none of his own.
  package var name: ObjectName
  /// `name=value`, or only `name=` when the value may be a secret, sorted; none where the reader may not see them.
  package var options: [String] = []

  package var kind: ObjectKind { .userMapping }

  package init(named name: ObjectName) { self.name = name }

  /// The server.
  package var server: String { name.schema ?? "" }
  /// The role, or `public`.
  package var role: String { name.name }

  package static let facets: [Facet<UserMapping>] = [
    Facet("options", .breaksApplication, \.options)
  ]

  /// Options that hold a name and nothing secret, in lower case: of all others the server is asked for the names only.
  package static let openOptions = ["user", "username", "user_name", "remote_user"] + ForeignOption.settings
}
