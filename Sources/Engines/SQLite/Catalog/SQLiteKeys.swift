import SchemaModel
import SchemaText

extension SQLiteTableReader {
  /// The primary key: its columns from `pragma_table_xinfo`, the rest from the text.
  var primaryKey: KeyConstraint? {
    let columns = names.primaryKey(of: table)
    guard !columns.isEmpty else { return nil }
    var key = text.primaryKey ?? KeyConstraint(named: "")
    key.isPrimary = true
    key.columns = columns
    if text.primaryKey == nil { key.isNamed = false }
    key = settled(key)
    if !key.isNamed { key.name = key.derivedName }
    return key
  }

  /// The unique constraints of the text, and those that only their index tells of.
  func uniqueConstraints(_ seen: inout SQLiteSeen) -> [KeyConstraint] {
    var keys = text.uniqueConstraints.map(settled)
    for index in rows.indexes {
      switch index.origin {
      case .createIndex: continue
      case .unique:
        let columns = index.keys.compactMap(\.column)
        if !keys.contains(where: { $0.columns == columns }) {
          var key = KeyConstraint(named: "")
          key.isNamed = false
          key.columns = columns
          keys.append(key)
          seen.add("definitions not fully understood", "\(table): \(key.derivedName)")
        }
      case .primaryKey: break
      }
    }
    return SQLiteConstraintNames.settled(keys, of: table, &seen)
  }

  /// The key's columns as they are declared, with how they sort where that is not the column's own way.
  private func settled(_ key: KeyConstraint) -> KeyConstraint {
    var key = key
    key.columns = key.columns.map { names.column($0, of: table) }
    key.sortedKeys = zip(key.columns, key.sortedKeys).map { column, sorted in
      var sorted = sorted
      sorted.subject = .column(column)
      if let collation = sorted.collation.map(SQLiteCollation.canonical) {
        sorted.collation = collation == self.collation(of: column) ? nil : collation ?? "BINARY"
      }
      return sorted
    }
    // A key that is the row's number has no index, and no order of its own.
    let hasIndex = !key.isPrimary || rows.indexes.contains { $0.origin == .primaryKey }
    if !hasIndex || key.sortedKeys.allSatisfy({ !$0.isDescending && $0.collation == nil }) {
      key.sortedKeys = []
    }
    return key
  }
}
