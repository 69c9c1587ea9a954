import SchemaModel

/// One column of a foreign key, of a row `r`, beside the column it refers to, of a row `parent`.
struct KeyComparison {
  let parent: String
  let child: String
  /// The type both are brought to when PostgreSQL must be told which equality to use.
  private let extensionType: String?
  private let isParentOfThatType: Bool
  private let isChildOfThatType: Bool

  /// The foreign key's columns, in order.
  static func all(_ foreignKey: ForeignKey, of table: Table, in schema: Schema) -> [KeyComparison] {
    let referencedTable = schema.table(named: foreignKey.referencedTable)
    return zip(foreignKey.columns, foreignKey.referencedColumns).map { column, referenced in
      KeyComparison(
        column, type: table.column(named: column)?.type,
        referenced, type: referencedTable?.column(named: referenced)?.type, in: schema)
    }
  }

  private init(
    _ column: String, type: String?, _ referenced: String, type referencedType: String?, in schema: Schema
  ) {
    let dialect = SQLDialect(schema.engine)
    child = "r.\(dialect.identifier(column))"
    parent = "parent.\(dialect.identifier(referenced))"
    let childBase = type.map { BaseType.name(of: $0, in: schema) }
    let parentBase = referencedType.map { BaseType.name(of: $0, in: schema) } ?? childBase
    let isForeign = childBase == parentBase && childBase.map { BaseType.isForeign($0, to: schema) } == true
    extensionType = isForeign ? childBase : nil
    isChildOfThatType = type == childBase
    isParentOfThatType = referencedType == nil || referencedType == childBase
  }

  /// Whether the child's column is given; a composite value `IS NOT NULL` only if all its fields are.
  var isGiven: String { extensionType == nil ? "\(child) IS NOT NULL" : "\(child) IS DISTINCT FROM NULL" }

  /// The equality the engine itself would check with.
  func equality(in dialect: SQLDialect, nullsMayMeet: Bool) -> String {
    switch dialect.engine {
    // A column behind a plus has no affinity, and the left side's collation counts: the parent's rules.
    case .sqlite: "\(parent) = +\(child)"
    case .postgreSQL: equality(nullsMayMeet: nullsMayMeet)
    }
  }

  /// The equality PostgreSQL itself would check with.
  ///
  /// The search path decides which `=` an extension's type gets, its own or text's; arrays always use their
  /// elements' own. But two arrays of NULL are equal.
  private func equality(nullsMayMeet: Bool) -> String {
    guard let extensionType else { return "\(parent) = \(child)" }
    let left = isParentOfThatType ? parent : "\(parent)::\(extensionType)"
    let right = isChildOfThatType ? child : "\(child)::\(extensionType)"
    let equality = "ARRAY[\(left)] = ARRAY[\(right)]"
    return nullsMayMeet ? "\(parent) IS DISTINCT FROM NULL AND \(equality)" : equality
  }
}
