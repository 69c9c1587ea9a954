/// How values of a type come into a language and out of it.
///
/// It is called by both, as SQL writes them: `app.mood LANGUAGE plpython3u`.
package struct TypeTransform: SchemaObject {
  package var name: ObjectName
  /// From `pg_transform.trffromsql`, qualified and with its arguments.
  package var fromSQL: String?
  /// From `pg_transform.trftosql`, qualified and with its arguments.
  package var toSQL: String?
  package var comment: Comment?

  package var kind: ObjectKind { .transform }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TypeTransform>] = [
    Facet("from SQL", .breaksApplication, \.fromSQL),
    Facet("to SQL", .breaksApplication, \.toSQL),
    Facet("comment", .cosmetic, \.comment),
  ]
}
