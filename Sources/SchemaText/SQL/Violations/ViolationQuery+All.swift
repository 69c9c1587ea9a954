import SchemaModel

extension ViolationQuery {
  /// One query for each constraint of a table.
  ///
  /// What concerns a row alone comes first, then what concerns its siblings, then what concerns other
  /// tables: rows that are taken out for an early one can orphan others. By name inside each kind. A
  /// partition's NOT NULLs and checks are left out where its partitioned table, whose queries look into
  /// all partitions, has them too; its columns are as sensitive as that table's.
  package static func all(of table: Table, in schema: Schema) -> [ViolationQuery] {
    let ancestors = table.partition == nil ? [] : PartitionOrder(schema.tables).ancestors(of: table)
    let engine = schema.engine
    let alone = schema.hasHeirs(table)
    let table = withInheritedSensitivity(table, from: ancestors)
    let columns = table.columns.filter { column in
      column.isNotNull && !ancestors.contains { $0.column(named: column.name)?.isNotNull == true }
    }
    let checks = table.checks.filter { check in
      !ancestors.contains { $0.checks.contains { $0.name == check.name } }
    }
    return columns.map { notNull($0, of: table, engine: engine, alone: alone) }
      + checks.map { Self.check($0, of: table, engine: engine, alone: alone) }
      + table.keys.map { key($0, of: table, engine: engine, alone: alone) }
      + table.indexes.filter(\.isUnique).map { uniqueIndex($0, of: table, engine: engine, alone: alone) }
      + table.exclusions.map { exclusion($0, of: table, alone: alone) }
      + table.foreignKeys.map { foreignKey($0, of: table, in: schema) }
  }

  /// The table with the comments of the columns that only an ancestor calls sensitive.
  private static func withInheritedSensitivity(_ table: Table, from ancestors: [Table]) -> Table {
    var table = table
    for (place, column) in table.columns.enumerated() where column.sensitivity == nil {
      let origins = ancestors.compactMap { $0.column(named: column.name) }
      if let origin = origins.first(where: { $0.sensitivity != nil }) {
        table.columns[place].comment = origin.comment
      }
    }
    return table
  }
}
