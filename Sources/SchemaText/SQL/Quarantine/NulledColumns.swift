import SchemaModel

/// The columns that become NULL so that a row no longer violates a constraint.
package enum NulledColumns: Hashable, Sendable {
  case columns([String])
  /// Why there is none.
  case impossible(String)

  package init(for query: ViolationQuery, of table: Table, in schema: Schema) {
    let free = NullableColumns(of: table, in: schema)
    let candidates = free.among(query.affectedColumns)
    let words = IndexKey.list(query.affectedColumns)
    switch query.constraint.kind {
    case .foreignKey:
      let key = table.foreignKeys.first { $0.name == query.constraint.name }
      // A period alone says nothing without its key.
      let columns = key?.isTemporal == true ? candidates.filter { $0 != key?.columns.last } : candidates
      let needsAll = key?.match == .full && schema.engine == .postgreSQL
      self =
        columns.isEmpty || (needsAll && columns.count < query.affectedColumns.count)
        ? .impossible("\(words) cannot be NULL") : .columns(columns)
    case .uniqueConstraint, .index, .exclusionConstraint:
      let nullsCollide =
        table.keys.first { $0.name == query.constraint.name }?.nullsNotDistinct
        ?? table.indexes.first { $0.name == query.constraint.name }?.nullsNotDistinct ?? false
      // One NULL is enough; the last column says most about the row, the first often whose it is.
      self =
        nullsCollide
        ? .impossible("two NULLs collide in it")
        : candidates.last.map { .columns([$0]) } ?? .impossible("\(words) cannot be NULL")
    case .checkConstraint, .domainType:
      self = candidates.isEmpty ? .impossible("\(words) cannot be NULL") : .columns(candidates)
    default: self = .impossible("NULL is what it forbids")
    }
  }
}

/// Columns of a table in which a row may have NULL.
struct NullableColumns {
  private let names: Set<String>

  init(of table: Table, in schema: Schema) {
    let keys = Set(table.primaryKey?.columns ?? [])
    let order = PartitionOrder(schema.tables)
    let lineage = [table] + (table.partition == nil ? [] : order.ancestors(of: table))
    let cuts = lineage.compactMap(\.partitionKey).flatMap {
      SQLTokens($0, in: .postgreSQL).columns(of: table)
    }
    names = Set(
      table.columns.filter { column in
        switch column.value {
        case .generated, .identity: return false
        case .none, .default: break
        }
        return !column.isNotNull && !keys.contains(column.name) && !cuts.contains(column.name)
          && !BaseType.forbidsNull(column.type, in: schema)
      }.map(\.name))
  }

  func among(_ columns: [String]) -> [String] { columns.filter(names.contains) }
}
