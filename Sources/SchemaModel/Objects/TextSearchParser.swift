/// A text search parser: functions that cut a text into tokens, each named qualified.
package struct TextSearchParser: SchemaObject {
  package var name: ObjectName
  /// `pg_ts_parser.prsstart`.
  package var start = ""
  /// `pg_ts_parser.prstoken`.
  package var token = ""
  /// `pg_ts_parser.prsend`.
  package var end = ""
  /// `pg_ts_parser.prslextype`.
  package var tokenTypes = ""
  /// `pg_ts_parser.prsheadline`.
  package var headline: String?
  package var comment: Comment?

  package var kind: ObjectKind { .textSearchParser }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<TextSearchParser>] = [
    Facet("start", .breaksApplication, \.start),
    Facet("token", .breaksApplication, \.token),
    Facet("end", .breaksApplication, \.end),
    Facet("token types", .breaksApplication, \.tokenTypes),
    Facet("headline", .breaksApplication, \.headline),
    Facet("comment", .cosmetic, \.comment),
  ]
}
