/// A PostgreSQL extension installed in the database; its member objects are not listed one by one.
package struct InstalledExtension: SchemaObject {
  /// From `pg_extension.extname`; extensions have no schema in their name.
  package var name: ObjectName
  /// From `pg_extension.extversion`.
  package var version = ""
  /// The schema its objects live in, from `pg_extension.extnamespace`.
  package var schema = ""

  /// The comment where it is not the one that the extension brings along; empty where that was taken away.
  package var comment: Comment?

  package var kind: ObjectKind { .installedExtension }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<InstalledExtension>] = [
    Facet("version", .breaksApplication, \.version),
    Facet("schema", .breaksApplication, \.schema),
    Facet("comment", .cosmetic, \.comment),
  ]
}
