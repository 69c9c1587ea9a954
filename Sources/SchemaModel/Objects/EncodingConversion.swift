/// A way from one encoding of text to another.
package struct EncodingConversion: OwnedObject {
  package var name: ObjectName
  /// From `pg_conversion.conforencoding`.
  package var source = ""
  /// From `pg_conversion.contoencoding`.
  package var target = ""
  /// Qualified, from `pg_conversion.conproc`.
  package var function = ""
  /// Whether it is taken when none is named (`pg_conversion.condefault`).
  package var isDefault = false
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .conversion }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<EncodingConversion>] = [
    Facet("source", .breaksApplication, \.source),
    Facet("target", .breaksApplication, \.target),
    Facet("function", .breaksApplication, \.function),
    Facet("default", .breaksApplication, \.isDefault),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
