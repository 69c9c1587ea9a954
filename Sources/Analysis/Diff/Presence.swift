import SchemaModel

extension SchemaObject {
  /// How bad it is that only one of two databases has this object.
  var presenceSeverity: Severity {
    switch kind {
    case .namespace, .installedExtension, .enumType, .domainType, .shellType, .scalarType, .rangeType,
      .compositeType, .table, .column, .primaryKey,
      .uniqueConstraint, .foreignKey, .checkConstraint, .exclusionConstraint:
      .breaksRestore
    case .collation, .virtualTable: .breaksRestore
    case .textSearchParser, .textSearchTemplate, .textSearchDictionary, .textSearchConfiguration,
      .foreignDataWrapper, .foreignServer, .userMapping, .publication, .subscription:
      .breaksApplication
    case .statistics: .performance
    case .sequence, .view, .materializedView, .database: .breaksApplication
    case .role, .policy, .defaultPrivileges, .changedPrivileges, .securityLabel: .security
    case .function, .procedure, .aggregate, .trigger, .rule, .eventTrigger: .breaksApplication
    case .operator, .cast, .conversion: .breaksApplication
    case .language, .accessMethod, .operatorFamily, .operatorClass, .transform: .breaksRestore
    case .index: .performance
    }
  }
}

extension TableIndex {
  /// A unique index refuses rows; any other only makes them faster to find.
  var presenceSeverity: Severity { isUnique ? .breaksRestore : .performance }
}
