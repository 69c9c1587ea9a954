/// A text search template: the functions dictionaries are made with, each named qualified.
package struct TextSearchTemplate: SchemaObject {
  package var name: ObjectName
  /// `pg_ts_template.tmplinit`.
  package var initialization: String?
  /// `pg_ts_template.tmpllexize`.
  package var lexize = ""
  package var comment: Comment?

  package var kind: ObjectKind { .textSearchTemplate }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TextSearchTemplate>] = [
    Facet("initialization", .breaksApplication, \.initialization),
    Facet("lexize", .breaksApplication, \.lexize),
    Facet("comment", .cosmetic, \.comment),
  ]
}
