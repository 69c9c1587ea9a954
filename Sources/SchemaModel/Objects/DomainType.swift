/// A type with constraints laid over another type.
package struct DomainType: OwnedObject {
  package var name: ObjectName
  /// As `format_type(typbasetype, typtypmod)` prints it, schema-qualified.
  package var baseType = ""
  /// The collation when it is not the base type's, qualified.
  package var collation: String?
  package var isNotNull = false
  /// The name of its NOT NULL where the server did not invent it; PostgreSQL 17 and later.
  package var notNullName: String?
  /// A comment on its NOT NULL; PostgreSQL 17 and later.
  package var notNullComment: Comment?
  /// The default expression, from `pg_type.typdefault`.
  package var defaultExpression: String?
  package var checks: [CheckConstraint] = []
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .domainType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<DomainType>] =
    [
      Facet("base type", .breaksRestore, \.baseType),
      Facet("collation", .breaksApplication, \.collation),
      Facet("not null", .breaksRestore, \.isNotNull),
      Facet("not null name", .cosmetic, \.notNullName),
      Facet("not null comment", .cosmetic, \.notNullComment),
      Facet("default", .breaksApplication, \.defaultExpression),
      Facet("checks", .breaksRestore, \.checks),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
