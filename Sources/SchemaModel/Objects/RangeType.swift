/// A type whose values are ranges of another type's values.
package struct RangeType: OwnedObject {
  package var name: ObjectName
  /// The type of the bounds, as `format_type(rngsubtype)` prints it.
  package var subtype = ""
  /// The operator class that orders the bounds (`rngsubopc`) when it is not the subtype's default, qualified.
  package var operatorClass: String?
  /// The collation when it is not the subtype's own (`rngcollation`), qualified.
  package var collation: String?
  /// The function that gives equal ranges one form (`rngcanonical`), qualified.
  package var canonicalFunction: String?
  /// The function that measures the distance of two bounds (`rngsubdiff`), qualified.
  package var differenceFunction: String?
  /// The type of several such ranges (`rngmultitypid`), which the server makes along with this one.
  package var multirange = ObjectName("")
  package var rights = AccessRights()
  package var comment: Comment?

  package var kind: ObjectKind { .rangeType }

  package init(named name: ObjectName) { self.name = name }

  package static let facets: [Facet<RangeType>] =
    [
      Facet("subtype", .breaksRestore, \.subtype),
      Facet("operator class", .breaksApplication, \.operatorClass),
      Facet("collation", .breaksApplication, \.collation),
      Facet("canonical function", .breaksApplication, \.canonicalFunction),
      Facet("difference function", .performance, \.differenceFunction),
      Facet("multirange type", .breaksApplication, \.multirange),
      Facet("comment", .cosmetic, \.comment),
    ] + Facet.rights
}
