extension Table {
  /// The sets of columns in which no two rows agree: the keys, and unique indexes that can be relied on.
  ///
  /// An index that is invalid, partial or on an expression is none.
  package var uniqueColumnSets: [Set<String>] {
    let ofIndexes = indexes.compactMap { index -> Set<String>? in
      guard index.isUnique, index.isValid, index.predicate == nil else { return nil }
      let columns = index.keys.compactMap(\.column)
      return columns.count == index.keys.count ? Set(columns) : nil
    }
    return keys.map { Set($0.columns) } + ofIndexes
  }

  /// The foreign keys whose columns together, and none's alone, are a key of this table.
  ///
  /// A table that has them relates rows of other tables many to many; empty for any other table.
  package var junctionKeys: [ForeignKey] {
    for columns in uniqueColumnSets {
      let inside = foreignKeys.filter { !$0.columns.isEmpty && columns.isSuperset(of: $0.columns) }
      let covered = inside.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
      let oneCoversAll = inside.contains { Set($0.columns) == columns }
      if covered == columns, !oneCoversAll, inside.count > 1 { return inside }
    }
    return []
  }
}
