/// A text search configuration: a parser, and the dictionaries each kind of its tokens goes through.
package struct TextSearchConfiguration: OwnedObject {
  package var name: ObjectName
  /// `pg_ts_config.cfgparser`.
  package var parser = ObjectName("")
  /// The dictionaries, in the order they are asked, by the token type's alias (`pg_ts_config_map`).
  package var mappings: [String: [ObjectName]] = [:]
  /// The owner; a configuration has no access list.
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .textSearchConfiguration }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TextSearchConfiguration>] = [
    Facet("parser", .breaksApplication, \.parser),
    Facet("mappings", .breaksApplication, \.mappings),
    Facet("comment", .cosmetic, \.comment),
    .owner,
  ]
}
