import SchemaModel

extension Schema {
  /// Whether both sides of a foreign key can be read in its order from indexes alone.
  ///
  /// To merge them costs half of what hashing does, but the planner takes indexes for dearer than they are.
  package func isIndexed(_ key: ForeignKey, of table: Table) -> Bool {
    guard let parent = self.table(named: key.referencedTable) else { return false }
    return table.hasIndex(beginningWith: key.columns) && parent.hasIndex(beginningWith: key.referencedColumns)
      && zip(key.columns, key.referencedColumns).allSatisfy { child, referenced in
        table.column(named: child)?.type == parent.column(named: referenced)?.type
      }
  }
}

extension Table {
  /// Whether a B-tree over all rows has these columns first, in this order and ascending.
  fileprivate func hasIndex(beginningWith columns: [String]) -> Bool {
    let ofKeys = keys.filter { !$0.isTemporal }.map(\.columns)
    let ofIndexes = indexes.filter { $0.isValid && $0.method == "btree" && $0.predicate == nil }.map {
      index in
      index.keys.prefix {
        $0.column != nil && $0.collation == nil && $0.operatorClass == nil && !$0.isDescending
          && !$0.nullsFirst
      }.compactMap(\.column)
    }
    return (ofKeys + ofIndexes).contains { $0.starts(with: columns) }
  }
}
