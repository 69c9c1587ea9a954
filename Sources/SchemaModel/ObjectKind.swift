/// A kind of object that is modelled and compared fact by fact.
package enum ObjectKind: String, CaseIterable, Hashable, Sendable, Codable {
  case namespace = "schema"
  case installedExtension = "extension"
  case enumType = "enum type"
  case domainType = "domain"
  case sequence
  case table
  case column
  case primaryKey = "primary key"
  case uniqueConstraint = "unique constraint"
  case foreignKey = "foreign key"
  case checkConstraint = "check constraint"
  case exclusionConstraint = "exclusion constraint"
  case index
  case view
  case materializedView = "materialized view"

  /// The kind in words, singular, lower case.
  package var label: String { rawValue }
}
