/// A text search dictionary: what turns a token into lexemes.
package struct TextSearchDictionary: OwnedObject {
  package var name: ObjectName
  /// The template it is made with (`pg_ts_dict.dicttemplate`).
  package var template = ObjectName("")
  /// The template's options as the server writes them (`pg_ts_dict.dictinitoption`): `stopwords = 'english'`.
  package var options: String?
  /// The owner; a dictionary has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .textSearchDictionary }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TextSearchDictionary>] = [
    Facet("template", .breaksApplication, \.template),
    Facet("options", .breaksApplication, \.options),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
