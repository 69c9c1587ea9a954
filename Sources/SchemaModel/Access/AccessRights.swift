/// Whose an object is, and what others may do with it.
package struct AccessRights: Hashable, Sendable {
  /// The owning role where it is not the database's owner.
  package var owner: String?
  /// Who may do what, by grantee; `nil` when it is what every new object of the kind has, spelled out or not.
  package var privileges: [Grant]?

  package init(owner: String? = nil, privileges: [Grant]? = nil) {
    self.owner = owner
    self.privileges = privileges
  }
}

/// An object that has an owner, and for most kinds an access list.
package protocol OwnedObject: SchemaObject {
  var rights: AccessRights { get set }
}

extension Facet where Object: OwnedObject {
  /// The fact of ownership, for kinds that have an owner and no access list.
  package static var owner: Facet<Object> { Facet("owner", .security, \.rights.owner) }

  /// The facts of ownership, at the end of the facet table of every kind that has an owner.
  package static var rights: [Facet<Object>] {
    [
      Facet("owner", .security, \.rights.owner),
      Facet("privileges", .security, \.rights.privileges),
    ]
  }
}
