/// A kind of object that is modelled and compared fact by fact, in the order in which a blueprint makes them.
package enum ObjectKind: String, CaseIterable, Hashable, Sendable, Codable {
  case role
  case namespace = "schema"
  case installedExtension = "extension"
  case collation
  case enumType = "enum type"
  case shellType = "shell type"
  case scalarType = "base type"
  case rangeType = "range type"
  case compositeType = "composite type"
  case domainType = "domain"
  case textSearchParser = "text search parser"
  case textSearchTemplate = "text search template"
  case textSearchDictionary = "text search dictionary"
  case textSearchConfiguration = "text search configuration"
  case foreignDataWrapper = "foreign data wrapper"
  case foreignServer = "foreign server"
  case userMapping = "user mapping"
  case sequence
  case language
  case function
  case procedure
  case aggregate
  case accessMethod = "access method"
  case `operator`
  case operatorFamily = "operator family"
  case operatorClass = "operator class"
  case cast
  case conversion
  case transform
  case table
  case column
  case primaryKey = "primary key"
  case uniqueConstraint = "unique constraint"
  case foreignKey = "foreign key"
  case checkConstraint = "check constraint"
  case exclusionConstraint = "exclusion constraint"
  case index
  case virtualTable = "virtual table"
  case view
  case materializedView = "materialized view"
  case rule
  case trigger
  case policy
  case statistics = "statistics object"
  case publication
  case subscription
  case defaultPrivileges = "default privileges"
  case changedPrivileges = "changed privileges"
  case securityLabel = "security label"
  case eventTrigger = "event trigger"
  case database

  /// The kind in words, singular, lower case.
  package var label: String { rawValue }

  /// The kind in words, plural.
  package var plural: String {
    switch self {
    case .index: "indexes"
    case .defaultPrivileges, .changedPrivileges: label
    default:
      if label.hasSuffix("y") {
        label.dropLast() + "ies"
      } else if label.hasSuffix("s") {
        label + "es"
      } else {
        label + "s"
      }
    }
  }

  /// Its place among the kinds: what has a lower rank is made earlier, unless a ``Precedence`` says otherwise.
  package var rank: Int { Self.ranks[self] ?? Self.allCases.count }

  private static let ranks = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}

extension ObjectKind: FacetRepresentable {}
