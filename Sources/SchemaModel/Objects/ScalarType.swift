/// A base type: one that functions read, print and store; PostgreSQL knows nothing else of its values.
///
/// Functions are named qualified, without their arguments, which the server gives them by their part.
package struct ScalarType: OwnedObject {
  package var name: ObjectName
  /// `pg_type.typinput`.
  package var input = ""
  /// `pg_type.typoutput`.
  package var output = ""
  /// `pg_type.typreceive`.
  package var receive: String?
  /// `pg_type.typsend`.
  package var send: String?
  /// `pg_type.typmodin`.
  package var modifierInput: String?
  /// `pg_type.typmodout`.
  package var modifierOutput: String?
  /// `pg_type.typanalyze`.
  package var analyze: String?
  /// `pg_type.typsubscript`.
  package var subscripting: String?
  /// In bytes (`pg_type.typlen`): -1 is of any length, -2 ends with a zero byte.
  package var length = -1
  /// `pg_type.typbyval`.
  package var isPassedByValue = false
  /// `char`, `int2`, `int4` or `double` (`pg_type.typalign`).
  package var alignment = "int4"
  /// `plain`, `external`, `extended` or `main` (`pg_type.typstorage`).
  package var storage = "plain"
  /// One letter (`pg_type.typcategory`).
  package var category = "U"
  /// Whether casts prefer it within its category.
  package var isPreferred = false
  /// The default as the type prints it (`pg_type.typdefault`).
  package var defaultValue: String?
  /// The type of the parts when it can be subscripted (`pg_type.typelem`), as `format_type` prints it.
  package var element: String?
  /// What stands between the elements of an array of it (`pg_type.typdelim`).
  package var delimiter = ","
  package var isCollatable = false
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .scalarType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<ScalarType>] =
    [
      Facet("input", .breaksRestore, \.input),
      Facet("output", .breaksRestore, \.output),
      Facet("receive", .breaksApplication, \.receive),
      Facet("send", .breaksApplication, \.send),
      Facet("modifier input", .breaksRestore, \.modifierInput),
      Facet("modifier output", .breaksApplication, \.modifierOutput),
      Facet("analyze", .performance, \.analyze),
      Facet("subscript", .breaksApplication, \.subscripting),
      Facet("length", .breaksRestore, \.length),
      Facet("passed by value", .breaksApplication, \.isPassedByValue),
      Facet("alignment", .breaksApplication, \.alignment),
      Facet("storage", .performance, \.storage),
      Facet("category", .breaksApplication, \.category),
      Facet("preferred", .breaksApplication, \.isPreferred),
      Facet("default", .breaksApplication, \.defaultValue),
      Facet("element", .breaksApplication, \.element),
      Facet("delimiter", .breaksRestore, \.delimiter),
      Facet("collatable", .breaksApplication, \.isCollatable),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
