/// Does the same for every list of objects that a schema holds.
package protocol SchemaListVisitor {
  /// A list of objects without members of their own.
  ///
  /// - Parameter key: what documents call it.
  mutating func visit<Object: SchemaObject>(
    _ list: any WritableKeyPath<Schema, [Object]> & Sendable, _ key: String
  ) where Object.Name == ObjectName
  /// ``Schema/tables``.
  mutating func visitTables()
  /// ``Schema/views``.
  mutating func visitViews()
}

extension Schema {
  /// Visits every list, in the order of the kinds: a kind that stands here is compared, counted, written,
  /// read and fingerprinted.
  package static func visitLists<Visitor: SchemaListVisitor>(_ visitor: inout Visitor) {
    visitor.visit(\.roles, "roles")
    visitor.visit(\.namespaces, "namespaces")
    visitor.visit(\.extensions, "extensions")
    visitor.visit(\.collations, "collations")
    visitor.visit(\.enums, "enums")
    visitor.visit(\.shellTypes, "shellTypes")
    visitor.visit(\.scalarTypes, "baseTypes")
    visitor.visit(\.rangeTypes, "rangeTypes")
    visitor.visit(\.compositeTypes, "compositeTypes")
    visitor.visit(\.domains, "domains")
    visitor.visit(\.textSearchParsers, "textSearchParsers")
    visitor.visit(\.textSearchTemplates, "textSearchTemplates")
    visitor.visit(\.textSearchDictionaries, "textSearchDictionaries")
    visitor.visit(\.textSearchConfigurations, "textSearchConfigurations")
    visitor.visit(\.foreignDataWrappers, "foreignDataWrappers")
    visitor.visit(\.foreignServers, "foreignServers")
    visitor.visit(\.userMappings, "userMappings")
    visitor.visit(\.sequences, "sequences")
    visitor.visit(\.languages, "languages")
    visitor.visit(\.routines, "routines")
    visitor.visit(\.aggregates, "aggregates")
    visitor.visit(\.accessMethods, "accessMethods")
    visitor.visit(\.operators, "operators")
    visitor.visit(\.operatorFamilies, "operatorFamilies")
    visitor.visit(\.operatorClasses, "operatorClasses")
    visitor.visit(\.casts, "casts")
    visitor.visit(\.conversions, "conversions")
    visitor.visit(\.transforms, "transforms")
    visitor.visitTables()
    visitor.visit(\.virtualTables, "virtualTables")
    visitor.visitViews()
    visitor.visit(\.statistics, "statistics")
    visitor.visit(\.publications, "publications")
    visitor.visit(\.subscriptions, "subscriptions")
    visitor.visit(\.defaultPrivileges, "defaultPrivileges")
    visitor.visit(\.changedPrivileges, "changedPrivileges")
    visitor.visit(\.securityLabels, "securityLabels")
    visitor.visit(\.database, "database")
    visitor.visit(\.eventTriggers, "eventTriggers")
  }
}
