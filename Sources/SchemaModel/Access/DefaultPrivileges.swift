/// What others may do with objects that a role will make, from `pg_default_acl`.
package struct DefaultPrivileges: SchemaObject {
  /// The schema they are for, if one, and in words whose new objects of which kind.
  package var name: ObjectName
  /// Who makes the objects, from `defaclrole`.
  package var maker = Grant.Grantee.owner
  /// The kind of objects in the words of `ALTER DEFAULT PRIVILEGES`: `TABLES`.
  package var objects = ""
  /// The whole access list of a new object; for one schema, what is granted beside it.
  package var privileges: [Grant] = []

  package var kind: ObjectKind { .defaultPrivileges }

  package init(named name: ObjectName) { self.name = name }

  /// - Parameter schema: `nil` for the whole database.
  package init(in schema: String?, for maker: Grant.Grantee, on objects: String) {
    name = ObjectName(schema: schema, "\(objects.lowercased()) of \(maker)")
    self.maker = maker
    self.objects = objects
  }

  package static let facets: [Facet<DefaultPrivileges>] = [
    Facet("maker", .security, \.maker),
    Facet("objects", .security, \.objects),
    Facet("privileges", .security, \.privileges),
  ]
}
