/// A type that was announced and never defined (`pg_type.typisdefined` is false): only functions can name it.
package struct ShellType: OwnedObject {
  package var name: ObjectName
  /// The owner; rights on a shell type cannot be given.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .shellType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ShellType>] = [
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
