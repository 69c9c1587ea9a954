import SchemaModel

extension CommonGround {
  /// Reduces both schemas to what two engines can both say; nothing when they are of one engine.
  mutating func reduceToEngines() {
    guard first.engine != second.engine else { return }
    limits += [
      "types are not compared between engines",
      "defaults, collations and expressions are not compared between engines",
    ]
    let schemas = [first, second]
    if schemas.contains(where: { schema in schema.tables.contains { !$0.checks.isEmpty } }) {
      limits.append("check constraints are not compared between engines")
    }
    if schemas.contains(where: { schema in
      schema.tables.contains { !$0.triggers.isEmpty || !$0.rules.isEmpty }
        || schema.views.contains { !$0.triggers.isEmpty || !$0.rules.isEmpty }
    }) {
      limits.append("triggers and rules are not compared between engines")
    }
    if schemas.contains(where: \.hasWhatOnlyPostgreSQLKnows) {
      limits.append("what only PostgreSQL has (schemas, extensions, types, sequences...) is not compared")
    }
    first = Self.reduced(first)
    second = Self.reduced(second)
  }

  private static func reduced(_ schema: Schema) -> Schema {
    let home = homeSchema(of: schema)
    var common = Schema(engine: schema.engine, serverVersion: schema.serverVersion)
    common.tables = schema.tables.filter { $0.partition == nil }.map { reduced($0, home: home) }
    common.notCompared = schema.notCompared
    common.expressiveness = schema.expressiveness
    common.views = schema.views.map { view in
      var common = View(named: view.name.outside(home))
      common.columns = view.columns
      return common
    }
    return common
  }

  private static func reduced(_ table: Table, home: String?) -> Table {
    var common = Table(named: table.name.outside(home))
    common.comment = table.comment
    let keyColumns = Set(table.primaryKey?.columns ?? [])
    common.columns = table.columns.map { column in
      var common = Column(named: column.name)
      // PostgreSQL makes every column of a primary key NOT NULL, SQLite only says so when it was written.
      common.isNotNull = column.isNotNull || keyColumns.contains(column.name)
      common.comment = column.comment
      return common
    }
    common.primaryKey = table.primaryKey.map(reduced)
    common.uniqueConstraints = table.uniqueConstraints.map(reduced)
    common.foreignKeys = table.foreignKeys.map { key in
      var common = ForeignKey(named: key.name)
      common.isNamed = false
      common.columns = key.columns
      common.referencedTable = key.referencedTable.outside(home)
      common.referencedColumns = key.referencedColumns
      common.onDelete = key.onDelete
      common.onUpdate = key.onUpdate
      common.deferrability = key.deferrability
      return common
    }
    common.indexes = table.indexes.map { index in
      var common = TableIndex(named: index.name)
      common.keys = index.keys.map { key in
        var common = IndexKey(key.column.map { .column($0) } ?? .expression("an expression"))
        common.isDescending = key.isDescending
        return common
      }
      common.isUnique = index.isUnique
      common.predicate = index.predicate.map { _ in "a condition" }
      return common
    }
    return common
  }

  private static func reduced(_ key: KeyConstraint) -> KeyConstraint {
    var common = KeyConstraint(named: key.name)
    common.isPrimary = key.isPrimary
    common.isNamed = false
    common.columns = key.columns
    return common
  }

  /// The PostgreSQL schema that stands for SQLite's only one.
  private static func homeSchema(of schema: Schema) -> String? {
    let used = Set(schema.tables.compactMap(\.name.schema))
    return used.count == 1 ? used.first : "public"
  }
}

extension ObjectName {
  /// The name without that schema; with any other schema as it is.
  fileprivate func outside(_ home: String?) -> ObjectName {
    schema == home ? ObjectName(name) : self
  }
}

extension Schema {
  fileprivate var hasWhatOnlyPostgreSQLKnows: Bool {
    countsByKind.contains { $0.kind.isOfPostgreSQLOnly } || tables.contains { $0.partition != nil }
  }
}

extension ObjectKind {
  /// Whether SQLite has no such objects.
  fileprivate var isOfPostgreSQLOnly: Bool {
    switch self {
    case .table, .column, .primaryKey, .uniqueConstraint, .foreignKey, .checkConstraint, .index, .view,
      .trigger,
      .virtualTable, .database:
      false
    case .role, .namespace, .installedExtension, .collation, .enumType, .shellType, .scalarType, .rangeType,
      .compositeType, .domainType, .textSearchParser, .textSearchTemplate, .textSearchDictionary,
      .textSearchConfiguration, .foreignDataWrapper, .foreignServer, .userMapping, .sequence, .language,
      .function,
      .procedure, .aggregate, .accessMethod, .operator, .operatorFamily, .operatorClass, .cast, .conversion,
      .transform, .exclusionConstraint, .materializedView, .rule, .policy, .statistics, .publication,
      .subscription,
      .defaultPrivileges, .changedPrivileges, .securityLabel, .eventTrigger:
      true
    }
  }
}
